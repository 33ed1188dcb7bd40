using Governance.Ownership.Notifications.Delivery;
using Shouldly;
using Xunit;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Tests.Notifications;

/// <summary>Mails reach a real server, and nothing that came in with a resource becomes a header.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task Mail_AboutARollout_SaysWhatWhereAndHowToAcknowledge()
    {
        await using var estate = await StartAsync();
        var rollout = NotifyingEstate.Waiting("r1");
        rollout.DisplayName = "Größe prüfen\r\nBcc: everybody@example.com\r\n\r\nBody";
        await estate.DeliverAsync(rollout);

        var log = (await estate.ToldAsync("rollouts/r1", 1, State.Sent))[0];
        log.Address.ShouldBe("d***@example.com");
        var mail = estate.Mails.Mails.ShouldHaveSingleItem();
        mail.Recipients.ShouldBe(["duty@example.com"]);
        mail.Headers.ShouldAllBe(header => !header.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        mail.Header("From").ShouldContain("governance@example.com");
        mail.Header("Message-ID").ShouldBe($"<{log.Name["notifications/".Length..]}@example.com>");
        mail.Header("Subject").ShouldContain("=?utf-8?");
        var body = mail.Body;
        body.ShouldContain("Requested by users/ines; 0 of 1 approvals given.");
        body.ShouldContain("https://governance.example.com/v1/rollouts/r1");
        body.ShouldContain($"https://governance.example.com/v1/{log.Name}");
        body.ShouldContain("HIGH");
    }

    [Fact]
    public async Task Mail_ThatTheServerRefuses_IsTriedAgain()
    {
        await using var estate = await StartAsync();
        var refusals = 1;
        estate.Mails.Recipient = () => Interlocked.Decrement(ref refusals) >= 0 ? "450 busy" : "250 OK";
        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        (await estate.ToldAsync("rollouts/r1", 1, State.Sent))[0].Attempts.ShouldBe(2);
        estate.Mails.Mails.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(465, true, MailKit.Security.SecureSocketOptions.SslOnConnect)]
    [InlineData(587, true, MailKit.Security.SecureSocketOptions.StartTls)]
    [InlineData(2525, true, MailKit.Security.SecureSocketOptions.StartTls)]
    [InlineData(25, false, MailKit.Security.SecureSocketOptions.None)]
    public void Mail_ByPort_IsEncryptedFromTheFirstByteOrByStartTls(int port, bool tls, MailKit.Security.SecureSocketOptions expected) =>
        MailSender.SecurityOf(new MailServer("mail", port, tls, "", "", "governance@example.com")).ShouldBe(expected);

    [Fact]
    public async Task Mail_ToAServerWithoutStartTls_IsNotSentInTheClear()
    {
        await using var estate = await StartAsync(options => options with { Attempts = 1, Mail = options.Mail! with { Tls = true } });
        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        var log = (await estate.ToldAsync("rollouts/r1", 1, State.Failed))[0];
        log.LastError.ShouldContain("STARTTLS");
        estate.Mails.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mail_ThatTheServerRefusesForGood_SaysItsAnswerInTheLog()
    {
        await using var estate = await StartAsync(options => options with { Attempts = 1 });
        estate.Mails.Recipient = () => "550 no such mailbox here";
        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        (await estate.ToldAsync("rollouts/r1", 1, State.Failed))[0].LastError.ShouldContain("550 no such mailbox here");
    }

    [Fact]
    public async Task Mail_WithoutAServer_IsSuppressedAndSaysSo()
    {
        await using var estate = await StartAsync(options => options with { Mail = null });
        await estate.DeliverAsync(NotifyingEstate.Waiting("r1"));

        var log = (await estate.ToldAsync("rollouts/r1", 1, State.Suppressed))[0];
        log.Reason.ShouldBe("No mail server is configured.");
    }

    [Fact]
    public void Options_ThatDoNotHold_AreNamedTogether()
    {
        var given = new Dictionary<string, string>
        {
            ["GOVERNANCE_NOTIFICATIONS_ATTEMPTS"] = "0",
            ["GOVERNANCE_NOTIFICATIONS_SMTP_HOST"] = "mail",
            ["GOVERNANCE_NOTIFICATIONS_SMTP_TLS"] = "perhaps",
            ["GOVERNANCE_NOTIFICATIONS_ALLOWED_HOSTS"] = "a/b",
            ["GOVERNANCE_PUBLIC_URL"] = "nowhere",
        };

        var fault = Should.Throw<BuildingBlocks.Settings.SettingsFault>(() => NotificationOptions.Read(given.GetValueOrDefault));

        fault.Faults.Select(one => one.Split(' ', ':')[0]).ShouldBe(
            [
                "GOVERNANCE_NOTIFICATIONS_ATTEMPTS",
                "GOVERNANCE_NOTIFICATIONS_ALLOWED_HOSTS",
                "GOVERNANCE_NOTIFICATIONS_SMTP_TLS",
                "GOVERNANCE_NOTIFICATIONS_SMTP_FROM",
                "GOVERNANCE_PUBLIC_URL",
            ]);
        var unset = NotificationOptions.Read(_ => null);
        (unset.Attempts, unset.FirstRetry, unset.LongestRetry, unset.Timeout, unset.Mail).ShouldBe(
            (10, TimeSpan.FromSeconds(30), TimeSpan.FromHours(6), TimeSpan.FromSeconds(15), null));
    }

    private static async Task<NotifyingEstate> StartAsync(Func<NotificationOptions, NotificationOptions>? change = null)
    {
        var estate = await NotifyingEstate.StartAsync(change);
        await estate.TurnOffAsync("approval-waiting");
        await estate.RuleAsync("by-mail", Occasion.ApprovalWaiting, null, NotifyingEstate.Address("duty@example.com"));
        return estate;
    }
}
