using Governance.BuildingBlocks.Documents;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Components;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>CODEOWNERS files, and what they say of a path.</summary>
internal sealed class CodeownersService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases, CodeownersCache codeowners, BusinessClock clock)
    : V1.Codeowners.CodeownersBase
{
    private const int MostListed = 1000;
    private const int LongestPath = 4096;

    public override async Task<ImportCodeownersResponse> ImportCodeowners(
        IAsyncStreamReader<ImportCodeownersRequest> requestStream, ServerCallContext context)
    {
        await using var upload =
            await ImportUpload<ImportCodeownersRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        var name = NameFields.InFull(upload.Parameters.Component, "components");
        NameFields.Id(name, "components", "component");
        var (file, text) = await ReadAsync(upload, context.CancellationToken);
        return await writes.RunAsync(upload.Parameters, context, async (unit, ct) =>
        {
            var component = await unit.Db.FindComponentAsync(name, context, unit.Now, ct);
            context.Demand(component.Target);
            if (component.IsDeleted) throw new Missing(name);
            var (row, digest) = (await unit.Db.Codeowners.FindAsync([name], ct), Digests.Of(text));
            var answer = Told(file, await CodeownerParties.OpenAsync(unit.Db, file.Rules.SelectMany(rule => rule.Owners), ct));
            answer.Unchanged = row?.Digest == digest;
            answer.ImportTime = (answer.Unchanged ? row!.ImportTime : unit.Now).ToTimestamp();
            if (answer.Unchanged) return answer;
            unit.Record($"{name}/codeowners", before: row?.Digest ?? "", after: digest);
            if (row is null)
            {
                unit.Db.Codeowners.Add(row = new CodeownersRow { Component = name, Text = "", Digest = "", ImportTime = unit.Now });
            }
            (row.Text, row.Digest, row.ImportTime) = (text, digest, unit.Now);
            return answer;
        });
    }

    public override async Task<OwnerOfPathResponse> OwnerOfPath(OwnerOfPathRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        new FieldFaults().Required(request.Path, "path").Length(request.Path, LongestPath, "path").ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var component = await db.FindComponentAsync(request.Name, context, clock.Now, ct);
        var file = await codeowners.FindAsync(db, component.Name, ct) ?? throw new Missing($"{component.Name}/codeowners");
        if (file.Match(request.Path) is not { } rule) return new OwnerOfPathResponse { State = OwnerOfPathResponse.Types.State.NoMatch };
        var answer = new OwnerOfPathResponse
        {
            State = rule.Owners.Count > 0 ? OwnerOfPathResponse.Types.State.Owned : OwnerOfPathResponse.Types.State.Cleared,
            Line = rule.Line,
            Pattern = rule.Pattern,
        };
        if (rule.Owners.Count == 0) return answer;
        var parties = await CodeownerParties.OpenAsync(db, rule.Owners, ct);
        answer.Owners.Add(rule.Owners.Select(owner => new CodeOwner { Owner = owner.ToString(), Parties = { parties.Of(owner) } }));
        answer.Parties.Add(answer.Owners.SelectMany(owner => owner.Parties).Distinct());
        return answer;
    }

    private static async Task<(CodeownersFile File, string Text)> ReadAsync(Stream upload, CancellationToken ct)
    {
        try
        {
            return await CodeownersReader.ReadAsync(await PackedDocument.OpenAsync(upload, ct), ct);
        }
        catch (InvalidDataException unreadable)
        {
            throw FieldFaults.Single("document", unreadable.Message, "INVALID_DOCUMENT");
        }
    }

    private static ImportCodeownersResponse Told(CodeownersFile file, CodeownerParties parties)
    {
        string[] unknown = [.. file.Rules.SelectMany(rule => rule.Owners)
            .Distinct()
            .Where(owner => parties.Of(owner).Count == 0)
            .Select(owner => owner.ToString())];
        return new ImportCodeownersResponse
        {
            Rules = file.Rules.Count,
            Findings = { file.Findings.Take(MostListed).Select(ToProto) },
            FindingCount = file.Findings.Count,
            UnknownOwners = { unknown.Take(MostListed) },
            UnknownOwnerCount = unknown.Length,
        };
    }

    private static V1.CodeownersFinding ToProto(Imports.Codeowners.CodeownersFinding finding) => new()
    {
        Line = finding.Line,
        Column = finding.Column,
        Kind = finding.Kind,
        Reason = finding.Reason,
        Source = finding.Source,
    };
}
