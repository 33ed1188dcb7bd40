using System.Text;
using Governance.Suite.LocalPubSub.Delivery;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class AppAnswerTests
{
    [Theory]
    [InlineData(200, "", nameof(AppVerdict.Success))]
    [InlineData(204, "", nameof(AppVerdict.Success))]
    [InlineData(299, "", nameof(AppVerdict.Success))]
    [InlineData(200, "OK", nameof(AppVerdict.Success))]
    [InlineData(200, "[]", nameof(AppVerdict.Success))]
    [InlineData(200, "{}", nameof(AppVerdict.Success))]
    [InlineData(200, """{"status":""}""", nameof(AppVerdict.Success))]
    [InlineData(200, """{"status":null}""", nameof(AppVerdict.Success))]
    [InlineData(200, """{"status":"SUCCESS"}""", nameof(AppVerdict.Success))]
    [InlineData(201, """{"status":"RETRY"}""", nameof(AppVerdict.Retry))]
    [InlineData(200, """{"status":"DROP"}""", nameof(AppVerdict.Drop))]
    [InlineData(200, """{"status":"drop"}""", nameof(AppVerdict.Retry))]
    [InlineData(200, """{"status":"Success"}""", nameof(AppVerdict.Retry))]
    [InlineData(200, """{"status":"LATER"}""", nameof(AppVerdict.Retry))]
    [InlineData(404, "", nameof(AppVerdict.Drop))]
    [InlineData(404, """{"status":"SUCCESS"}""", nameof(AppVerdict.Drop))]
    [InlineData(301, "", nameof(AppVerdict.Retry))]
    [InlineData(400, "", nameof(AppVerdict.Retry))]
    [InlineData(403, """{"status":"SUCCESS"}""", nameof(AppVerdict.Retry))]
    [InlineData(500, """{"status":"DROP"}""", nameof(AppVerdict.Retry))]
    [InlineData(503, "", nameof(AppVerdict.Retry))]
    public void Read_OfAnAnswer_SaysWhatDaprWouldMakeOfIt(int status, string body, string verdict) =>
        AppAnswer.Read(status, Encoding.UTF8.GetBytes(body)).Verdict.ToString().ShouldBe(verdict);
}
