using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Governance.BuildingBlocks.Writing;
using Microsoft.AspNetCore.Http.Extensions;

namespace Governance.Gateway.Identity;

/// <summary>
/// A person's session in a browser: an opaque token in an HttpOnly, SameSite=Strict cookie, stored hashed like every other.
/// It begins with a one-time link that the operator gets at the first start.
/// </summary>
internal sealed class Sessions(Writes<GatewayDb> writes, Credentials credentials)
{
    public const string Cookie = "governance-session";
    private static readonly NodaTime.Duration Lifetime = NodaTime.Duration.FromHours(12);
    private readonly ConcurrentDictionary<string, string> _links = new(StringComparer.Ordinal);

    /// <summary>The path of a link that signs the person in once, in this run of the gateway.</summary>
    public string CreateLink(string person)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _links[code] = person;
        return "/signin" + QueryString.Create("code", code);
    }

    /// <summary>Redeems a link: GET /signin?code=….</summary>
    public async Task SignInAsync(HttpContext context)
    {
        if (!_links.TryRemove(context.Request.Query["code"].ToString(), out var person))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("This sign-in link was used already, or is none.", Encoding.UTF8);
            return;
        }

        var (secret, expires) = await BeginAsync(person, context.RequestAborted);
        context.Response.Cookies.Append(Cookie, secret, Options(context, expires.ToDateTimeOffset()));
        context.Response.Redirect("/docs");
    }

    /// <summary>Begins a session for a person whom this process itself has let in.</summary>
    public async Task<(string Secret, NodaTime.Instant Expires)> BeginAsync(string person, CancellationToken ct)
    {
        var expires = credentials.Now + Lifetime;
        var (secret, row) = Credential.Create("gvs", person, expires);
        await writes.RunAsync(
            "SignIn",
            (unit, _) =>
            {
                unit.Db.Credentials.Add(row);
                unit.Record(person);
                return Task.CompletedTask;
            },
            ct);
        return (secret, expires);
    }

    /// <summary>Takes the cookie away.</summary>
    public void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context, null));

    /// <summary>Whether a request with a cookie comes from our own pages, or changes nothing.</summary>
    public static bool IsSameOrigin(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site is "same-origin" || (site.Length == 0 && origin == UriHelper.BuildAbsolute(request.Scheme, request.Host).TrimEnd('/'));
    }

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        Expires = expires,
    };
}
