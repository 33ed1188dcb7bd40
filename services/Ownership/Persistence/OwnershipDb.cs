using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.Ownership.Apis;
using Governance.Ownership.Components;
using Governance.Ownership.Contracts;
using Governance.Ownership.Contracts.TimeEntries;
using Governance.Ownership.Escalation;
using Governance.Ownership.History;
using Governance.Ownership.HolidayCalendars;
using Governance.Ownership.Imports.Codeowners;
using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Notifications.Delivery;
using Governance.Ownership.Notifications.Log;
using Governance.Ownership.Notifications.Rules;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Parties;
using Governance.Ownership.Resolution;
using Governance.Ownership.Responsibilities;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Persistence;

/// <summary>The service's database.</summary>
internal abstract class OwnershipDb(DbContextOptions options) : GovernanceDbContext(options)
{
    public DbSet<Component> Components => Set<Component>();

    public DbSet<RelationRow> Relations => Set<RelationRow>();

    public DbSet<BusinessSystem> Systems => Set<BusinessSystem>();

    public DbSet<Api> Apis => Set<Api>();

    public DbSet<CodeownersRow> Codeowners => Set<CodeownersRow>();

    public DbSet<Party> Parties => Set<Party>();

    public DbSet<PartyAliasRow> PartyAliases => Set<PartyAliasRow>();

    public DbSet<Contract> Contracts => Set<Contract>();

    public DbSet<ObligationRow> Obligations => Set<ObligationRow>();

    public DbSet<TimeEntryRow> TimeEntries => Set<TimeEntryRow>();

    public DbSet<Area> Areas => Set<Area>();

    public DbSet<Responsibility> Responsibilities => Set<Responsibility>();

    public DbSet<HolidayCalendar> HolidayCalendars => Set<HolidayCalendar>();

    public DbSet<EscalationPolicy> EscalationPolicies => Set<EscalationPolicy>();

    public DbSet<RevisionRow> Revisions => Set<RevisionRow>();

    public DbSet<Rule> NotificationRules => Set<Rule>();

    public DbSet<Webhook> WebhookEndpoints => Set<Webhook>();

    public DbSet<Situation> Situations => Set<Situation>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<PendingEscalation> Escalations => Set<PendingEscalation>();

    public DbSet<Gap> Gaps => Set<Gap>();

    public DbSet<GapMarkRow> GapMarks => Set<GapMarkRow>();

    public DbSet<GapTimerRow> GapTimers => Set<GapTimerRow>();

    /// <summary>
    /// Relations follow from the components, what CODEOWNERS calls them from the parties, obligations and dates to tell of from the
    /// contracts, what is held of parties is forgotten, and whose gaps a change concerns is marked, whoever made it.
    /// </summary>
    protected override void Saving(WriteUnit unit)
    {
        var own = (WriteUnit<OwnershipDb>)unit;
        RelationRow.Follow(this, own);
        PartyAliasRow.Follow(this, own);
        ObligationRow.Follow(this);
        ContractSituations.Follow(this, unit.Now);
        PartyDirectory.Follow(this, unit);
        Insights.Gaps.GapMarks.Follow(this, own);
        var closed = ChangeTracker.Entries<Gap>()
            .Where(entry => entry.State == EntityState.Modified && entry.Entity.CloseTime is not null)
            .Select(entry => entry.Entity);
        GapSituations.Follow(this, [.. own.Inserted<Gap>().Concat(closed).Select(Seen)], unit.Now);
    }

    private static GapSeen Seen(Gap gap) =>
        new(gap.Name, gap.CloseTime is null, gap.Component, gap.Party, (Severity)(int)gap.Severity, $"Gap: {gap.Kind}", gap.Detail);
}

internal sealed class SqliteOwnershipDb(DbContextOptions<SqliteOwnershipDb> options) : OwnershipDb(options);

internal sealed class SqlServerOwnershipDb(DbContextOptions<SqlServerOwnershipDb> options) : OwnershipDb(options);

internal sealed class SqliteDesign() : DesignTimeFactory<SqliteOwnershipDb>(sqlite: true);

internal sealed class SqlServerDesign() : DesignTimeFactory<SqlServerOwnershipDb>(sqlite: false);
