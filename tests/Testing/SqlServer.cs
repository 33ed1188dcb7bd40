using System.Diagnostics;
using Microsoft.Data.SqlClient;
using Xunit;

namespace Governance.Testing;

/// <summary>
/// A SQL Server to test against: the one that GOVERNANCE_TEST_SQLSERVER names, or else one that a container engine starts for
/// this run. Where neither is to be had, tests are skipped and say so.
/// </summary>
public static class SqlServer
{
    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";
    private const string Password = "Governance-Test-1";
    private static readonly Lazy<string> Missed = new(Look);
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Why there is none; null when there is one.</summary>
    public static string? Missing => Missed.Value.Length == 0 ? null : Missed.Value;

    private static string? Given => Environment.GetEnvironmentVariable("GOVERNANCE_TEST_SQLSERVER");

    /// <summary>A connection string for a database of the test's own; the first migration creates it.</summary>
    public static async Task<string> NewDatabaseAsync() =>
        new SqlConnectionStringBuilder(await Started.Value) { InitialCatalog = $"governance_{Guid.NewGuid():n}" }.ToString();

    private static string Look()
    {
        if (!string.IsNullOrEmpty(Given)) return "";
        return Run("info").Exit == 0 ? "" : "GOVERNANCE_TEST_SQLSERVER is not set and no container engine answers.";
    }

    private static async Task<string> StartAsync()
    {
        if (!string.IsNullOrEmpty(Given)) return Given;
        var container =
            Run("run", "--rm", "-d", "-e", "ACCEPT_EULA=Y", "-e", $"MSSQL_SA_PASSWORD={Password}", "-p", "127.0.0.1:0:1433", Image).Output
                .Trim();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run("kill", container);
        var port = Run("port", container, "1433").Output.Trim().Split(':')[^1];
        var connection = $"Server=127.0.0.1,{port};User Id=sa;Password={Password};TrustServerCertificate=True";
        await Eventually.HoldsAsync(() => AnswersAsync(connection), "SQL Server answers", TimeSpan.FromMinutes(2));
        return connection;
    }

    private static async Task<bool> AnswersAsync(string connectionString)
    {
        try
        {
            await using var connection = new SqlConnection(connectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (SqlException)
        {
            return false;
        }
    }

    private static (int Exit, string Output) Run(params string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}

/// <summary>A fact that needs a SQL Server; skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqlServerFactAttribute : FactAttribute
{
    public SqlServerFactAttribute() => Skip = SqlServer.Missing;
}
