using Governance.BuildingBlocks.Persistence;
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
}

internal sealed class SqliteOwnershipDb(DbContextOptions<SqliteOwnershipDb> options) : OwnershipDb(options);

internal sealed class SqlServerOwnershipDb(DbContextOptions<SqlServerOwnershipDb> options) : OwnershipDb(options);

internal sealed class SqliteDesign() : DesignTimeFactory<SqliteOwnershipDb>(sqlite: true);

internal sealed class SqlServerDesign() : DesignTimeFactory<SqlServerOwnershipDb>(sqlite: false);
