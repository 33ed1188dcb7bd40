using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Advisories",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Band = table.Column<int>(type: "int", nullable: false),
                    Severity = table.Column<int>(type: "int", nullable: false),
                    IsKev = table.Column<bool>(type: "bit", nullable: false),
                    Modified = table.Column<long>(type: "bigint", nullable: false),
                    IsWithdrawn = table.Column<bool>(type: "bit", nullable: false),
                    SearchText = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Advisories", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AdvisoryIds",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    AdvisoryId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdvisoryIds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AdvisoryPackages",
                columns: table => new
                {
                    Ecosystem = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Package = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    AdvisoryId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdvisoryPackages", x => new { x.Package, x.Ecosystem, x.AdvisoryId })
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "AdvisorySources",
                columns: table => new
                {
                    Key = table.Column<string>(type: "nvarchar(220)", maxLength: 220, nullable: false),
                    AdvisoryId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Format = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false),
                    DocumentId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Digest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Modified = table.Column<long>(type: "bigint", nullable: false),
                    ImportTime = table.Column<long>(type: "bigint", nullable: false),
                    IsRetracted = table.Column<bool>(type: "bit", nullable: false),
                    Content = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdvisorySources", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "ApprovalRecords",
                columns: table => new
                {
                    Resource = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Violations = table.Column<int>(type: "int", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    Record = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApprovalRecords", x => x.Resource);
                });

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Time = table.Column<long>(type: "bigint", nullable: false),
                    Principal = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Person = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Roles = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Action = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Resource = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    BeforeDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    AfterDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    CorrelationId = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Duty = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    PreviousHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "AuditHeads",
                columns: table => new
                {
                    Service = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Keeper = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Head = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditHeads", x => new { x.Service, x.Keeper, x.Sequence });
                });

            migrationBuilder.CreateTable(
                name: "BookingRequests",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    RolloutId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    StageId = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BookingRequests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Calendars",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Terms = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Calendars", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Catalogs",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false),
                    Version = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Released = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Catalogs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Components",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Tier = table.Column<int>(type: "int", nullable: false),
                    System = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Owner = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    InternetExposed = table.Column<bool>(type: "bit", nullable: false),
                    PlatformProduct = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    PlatformVersion = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Environments = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    IsDeleted = table.Column<bool>(type: "bit", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    LastRun = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Components", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "CsafDocuments",
                columns: table => new
                {
                    Key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Version = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    Modified = table.Column<long>(type: "bigint", nullable: false),
                    Sources = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CsafDocuments", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "DeadLetters",
                columns: table => new
                {
                    EventId = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Topic = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Type = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Envelope = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    ReceiveTime = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeadLetters", x => x.EventId);
                });

            migrationBuilder.CreateTable(
                name: "EpssScores",
                columns: table => new
                {
                    CveId = table.Column<string>(type: "nvarchar(28)", maxLength: 28, nullable: false),
                    Probability = table.Column<int>(type: "int", nullable: false),
                    Percentile = table.Column<int>(type: "int", nullable: false),
                    Day = table.Column<string>(type: "nvarchar(16)", maxLength: 16, nullable: false),
                    ModelVersion = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EpssScores", x => x.CveId);
                });

            migrationBuilder.CreateTable(
                name: "ExceptionRemediations",
                columns: table => new
                {
                    ExceptionId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    RemediationId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Component = table.Column<string>(type: "nvarchar(220)", maxLength: 220, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExceptionRemediations", x => new { x.RemediationId, x.ExceptionId });
                });

            migrationBuilder.CreateTable(
                name: "Exceptions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Status = table.Column<int>(type: "int", nullable: false),
                    Expiry = table.Column<long>(type: "bigint", nullable: false),
                    NextMoment = table.Column<long>(type: "bigint", nullable: false),
                    ReviewOverdue = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Exceptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Feeds",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    IsEnabled = table.Column<bool>(type: "bit", nullable: false),
                    EntityTag = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    LastModified = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    LastSuccess = table.Column<long>(type: "bigint", nullable: true),
                    LastRun = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    RunningSince = table.Column<long>(type: "bigint", nullable: true),
                    NextRun = table.Column<long>(type: "bigint", nullable: false),
                    StaleFrom = table.Column<long>(type: "bigint", nullable: false),
                    IsSaidStale = table.Column<bool>(type: "bit", nullable: false),
                    Terms_DisplayName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Terms_Format = table.Column<int>(type: "int", nullable: false),
                    Terms_Interval = table.Column<long>(type: "bigint", nullable: false),
                    Terms_MaximumAge = table.Column<long>(type: "bigint", nullable: false),
                    Terms_Url = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Feeds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Inbox",
                columns: table => new
                {
                    EventId = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    HandleTime = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Inbox", x => x.EventId);
                });

            migrationBuilder.CreateTable(
                name: "Inventory",
                columns: table => new
                {
                    Component = table.Column<string>(type: "nvarchar(220)", maxLength: 220, nullable: false),
                    Environment = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Package = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    Version = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Ecosystem = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    PackageName = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    SourceVersion = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    AppliedPatches = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Inventory", x => new { x.Component, x.Environment, x.Package, x.Version })
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "InventoryDocuments",
                columns: table => new
                {
                    Component = table.Column<string>(type: "nvarchar(220)", maxLength: 220, nullable: false),
                    Environment = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Source = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ImportTime = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InventoryDocuments", x => new { x.Component, x.Environment });
                });

            migrationBuilder.CreateTable(
                name: "Leases",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Holder = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Until = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leases", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "Ledger",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    Stamp = table.Column<long>(type: "bigint", nullable: false),
                    AuditSequence = table.Column<long>(type: "bigint", nullable: false),
                    AuditHead = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Handled = table.Column<long>(type: "bigint", nullable: false),
                    LastHandledTime = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Ledger", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lifecycles",
                columns: table => new
                {
                    Product = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Cycle = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Place = table.Column<int>(type: "int", nullable: false),
                    LastDay = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: true),
                    HasEnded = table.Column<bool>(type: "bit", nullable: false),
                    SearchText = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: false),
                    Body = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lifecycles", x => new { x.Product, x.Cycle });
                });

            migrationBuilder.CreateTable(
                name: "Neighbours",
                columns: table => new
                {
                    Owner = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Complete = table.Column<bool>(type: "bit", nullable: false),
                    AskTime = table.Column<long>(type: "bigint", nullable: true),
                    Asks = table.Column<int>(type: "int", nullable: false),
                    Run = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    RunEpoch = table.Column<long>(type: "bigint", nullable: false),
                    Seen = table.Column<long>(type: "bigint", nullable: false),
                    Total = table.Column<long>(type: "bigint", nullable: true),
                    SnapshotSequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Neighbours", x => x.Owner);
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "int", nullable: false),
                    Id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Topic = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Type = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Envelope = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    CommitTime = table.Column<long>(type: "bigint", nullable: false),
                    Lane = table.Column<byte>(type: "tinyint", nullable: false),
                    Parked = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => new { x.Sequence, x.Ordinal });
                });

            migrationBuilder.CreateTable(
                name: "Policies",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Terms = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Policies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProductIdentifiers",
                columns: table => new
                {
                    Key = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Product = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductIdentifiers", x => new { x.Key, x.Product });
                });

            migrationBuilder.CreateTable(
                name: "Products",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Title = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Identifiers = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Products", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Remediations",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    LifecycleName = table.Column<string>(type: "nvarchar(143)", maxLength: 143, nullable: false),
                    Body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    AdvisoryId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Component = table.Column<string>(type: "nvarchar(220)", maxLength: 220, nullable: false),
                    Environment = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Severity = table.Column<int>(type: "int", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: false),
                    Owner = table.Column<string>(type: "nvarchar(220)", maxLength: 220, nullable: false),
                    Status = table.Column<int>(type: "int", nullable: false),
                    IsOpen = table.Column<bool>(type: "bit", nullable: false),
                    Outcome = table.Column<int>(type: "int", nullable: false),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: true),
                    RolloutId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    AssessedBy = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Remediations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RepublishRuns",
                columns: table => new
                {
                    Run = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    SnapshotSequence = table.Column<long>(type: "bigint", nullable: false),
                    Source = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Done = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Cursor = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Sent = table.Column<long>(type: "bigint", nullable: false),
                    StartTime = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepublishRuns", x => x.Run);
                });

            migrationBuilder.CreateTable(
                name: "RequestResults",
                columns: table => new
                {
                    Key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Digest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Response = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    CommitTime = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RequestResults", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "RolloutComponents",
                columns: table => new
                {
                    RolloutId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Component = table.Column<string>(type: "nvarchar(220)", maxLength: 220, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RolloutComponents", x => new { x.Component, x.RolloutId });
                });

            migrationBuilder.CreateTable(
                name: "Rollouts",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Current = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Status = table.Column<int>(type: "int", nullable: false),
                    NextMoment = table.Column<long>(type: "bigint", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    Severity = table.Column<int>(type: "int", nullable: false),
                    Answers = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ApproverRoles = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rollouts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RolloutTemplates",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Terms = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Digest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Status = table.Column<int>(type: "int", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    Requester = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Editors = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Approvals = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ApproverRoles = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RolloutTemplates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlotDemands",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Component = table.Column<string>(type: "nvarchar(220)", maxLength: 220, nullable: false),
                    Environment = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Severity = table.Column<int>(type: "int", nullable: false),
                    Duration = table.Column<long>(type: "bigint", nullable: false),
                    EarliestDue = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlotDemands", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlotSupplies",
                columns: table => new
                {
                    DemandId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Supply = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlotSupplies", x => x.DemandId);
                });

            migrationBuilder.CreateTable(
                name: "Tombstones",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    EventType = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Event = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tombstones", x => x.Subject);
                });

            migrationBuilder.InsertData(
                table: "Leases",
                columns: new[] { "Name", "Holder", "Until" },
                values: new object[] { "outbox", "", new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified) });

            migrationBuilder.InsertData(
                table: "Ledger",
                columns: new[] { "Id", "AuditHead", "AuditSequence", "Epoch", "Handled", "LastHandledTime", "Sequence", "Stamp" },
                values: new object[] { 1, "0000000000000000000000000000000000000000000000000000000000000000", 0L, 1L, 0L, null, 0L, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_Advisories_IsKev_Modified",
                table: "Advisories",
                columns: new[] { "IsKev", "Modified" });

            migrationBuilder.CreateIndex(
                name: "IX_Advisories_Modified_Id",
                table: "Advisories",
                columns: new[] { "Modified", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AdvisoryIds_AdvisoryId",
                table: "AdvisoryIds",
                column: "AdvisoryId");

            migrationBuilder.CreateIndex(
                name: "IX_AdvisoryPackages_AdvisoryId",
                table: "AdvisoryPackages",
                column: "AdvisoryId");

            migrationBuilder.CreateIndex(
                name: "IX_AdvisorySources_AdvisoryId",
                table: "AdvisorySources",
                column: "AdvisoryId");

            migrationBuilder.CreateIndex(
                name: "IX_AdvisorySources_Format_IsRetracted",
                table: "AdvisorySources",
                columns: new[] { "Format", "IsRetracted" });

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalRecords_Violations_UpdateTime_Resource",
                table: "ApprovalRecords",
                columns: new[] { "Violations", "UpdateTime", "Resource" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Resource",
                table: "AuditEntries",
                column: "Resource");

            migrationBuilder.CreateIndex(
                name: "IX_BookingRequests_RolloutId",
                table: "BookingRequests",
                column: "RolloutId");

            migrationBuilder.CreateIndex(
                name: "IX_Components_Owner",
                table: "Components",
                column: "Owner");

            migrationBuilder.CreateIndex(
                name: "IX_Components_PlatformProduct",
                table: "Components",
                column: "PlatformProduct");

            migrationBuilder.CreateIndex(
                name: "IX_Components_System",
                table: "Components",
                column: "System");

            migrationBuilder.CreateIndex(
                name: "IX_ExceptionRemediations_Component",
                table: "ExceptionRemediations",
                column: "Component");

            migrationBuilder.CreateIndex(
                name: "IX_ExceptionRemediations_ExceptionId",
                table: "ExceptionRemediations",
                column: "ExceptionId");

            migrationBuilder.CreateIndex(
                name: "IX_Exceptions_CreateTime_Id",
                table: "Exceptions",
                columns: new[] { "CreateTime", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Exceptions_NextMoment",
                table: "Exceptions",
                column: "NextMoment");

            migrationBuilder.CreateIndex(
                name: "IX_Feeds_NextRun",
                table: "Feeds",
                column: "NextRun");

            migrationBuilder.CreateIndex(
                name: "IX_Feeds_StaleFrom",
                table: "Feeds",
                column: "StaleFrom");

            migrationBuilder.CreateIndex(
                name: "IX_Inbox_HandleTime",
                table: "Inbox",
                column: "HandleTime");

            migrationBuilder.CreateIndex(
                name: "IX_Inventory_Package",
                table: "Inventory",
                column: "Package");

            migrationBuilder.CreateIndex(
                name: "IX_Inventory_PackageName_Ecosystem",
                table: "Inventory",
                columns: new[] { "PackageName", "Ecosystem" });

            migrationBuilder.CreateIndex(
                name: "IX_Lifecycles_LastDay",
                table: "Lifecycles",
                column: "LastDay");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_Lane_Sequence_Ordinal",
                table: "Outbox",
                columns: new[] { "Lane", "Sequence", "Ordinal" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductIdentifiers_Product",
                table: "ProductIdentifiers",
                column: "Product");

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_AdvisoryId_LifecycleName_Component_Environment",
                table: "Remediations",
                columns: new[] { "AdvisoryId", "LifecycleName", "Component", "Environment" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_ClosedAt",
                table: "Remediations",
                column: "ClosedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_Component_Environment_IsOpen",
                table: "Remediations",
                columns: new[] { "Component", "Environment", "IsOpen" });

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_Due_Id",
                table: "Remediations",
                columns: new[] { "Due", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_IsOpen_AssessedBy",
                table: "Remediations",
                columns: new[] { "IsOpen", "AssessedBy" });

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_IsOpen_Outcome_Due",
                table: "Remediations",
                columns: new[] { "IsOpen", "Outcome", "Due" });

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_RolloutId",
                table: "Remediations",
                column: "RolloutId");

            migrationBuilder.CreateIndex(
                name: "IX_RequestResults_CommitTime",
                table: "RequestResults",
                column: "CommitTime");

            migrationBuilder.CreateIndex(
                name: "IX_RolloutComponents_RolloutId",
                table: "RolloutComponents",
                column: "RolloutId");

            migrationBuilder.CreateIndex(
                name: "IX_Rollouts_CreateTime_Id",
                table: "Rollouts",
                columns: new[] { "CreateTime", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Rollouts_NextMoment",
                table: "Rollouts",
                column: "NextMoment");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Advisories");

            migrationBuilder.DropTable(
                name: "AdvisoryIds");

            migrationBuilder.DropTable(
                name: "AdvisoryPackages");

            migrationBuilder.DropTable(
                name: "AdvisorySources");

            migrationBuilder.DropTable(
                name: "ApprovalRecords");

            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "AuditHeads");

            migrationBuilder.DropTable(
                name: "BookingRequests");

            migrationBuilder.DropTable(
                name: "Calendars");

            migrationBuilder.DropTable(
                name: "Catalogs");

            migrationBuilder.DropTable(
                name: "Components");

            migrationBuilder.DropTable(
                name: "CsafDocuments");

            migrationBuilder.DropTable(
                name: "DeadLetters");

            migrationBuilder.DropTable(
                name: "EpssScores");

            migrationBuilder.DropTable(
                name: "ExceptionRemediations");

            migrationBuilder.DropTable(
                name: "Exceptions");

            migrationBuilder.DropTable(
                name: "Feeds");

            migrationBuilder.DropTable(
                name: "Inbox");

            migrationBuilder.DropTable(
                name: "Inventory");

            migrationBuilder.DropTable(
                name: "InventoryDocuments");

            migrationBuilder.DropTable(
                name: "Leases");

            migrationBuilder.DropTable(
                name: "Ledger");

            migrationBuilder.DropTable(
                name: "Lifecycles");

            migrationBuilder.DropTable(
                name: "Neighbours");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "Policies");

            migrationBuilder.DropTable(
                name: "ProductIdentifiers");

            migrationBuilder.DropTable(
                name: "Products");

            migrationBuilder.DropTable(
                name: "Remediations");

            migrationBuilder.DropTable(
                name: "RepublishRuns");

            migrationBuilder.DropTable(
                name: "RequestResults");

            migrationBuilder.DropTable(
                name: "RolloutComponents");

            migrationBuilder.DropTable(
                name: "Rollouts");

            migrationBuilder.DropTable(
                name: "RolloutTemplates");

            migrationBuilder.DropTable(
                name: "SlotDemands");

            migrationBuilder.DropTable(
                name: "SlotSupplies");

            migrationBuilder.DropTable(
                name: "Tombstones");
        }
    }
}
