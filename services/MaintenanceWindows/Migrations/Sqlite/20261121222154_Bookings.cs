using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.MaintenanceWindows.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Bookings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Bookings",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Requester = table.Column<string>(type: "TEXT", nullable: false),
                    Approvals = table.Column<string>(type: "TEXT", nullable: false),
                    Places = table.Column<string>(type: "TEXT", nullable: false),
                    OccurrenceEnd = table.Column<long>(type: "INTEGER", nullable: true),
                    PlannedStart = table.Column<long>(type: "INTEGER", nullable: true),
                    ActualStart = table.Column<long>(type: "INTEGER", nullable: true),
                    ActualEnd = table.Column<long>(type: "INTEGER", nullable: true),
                    SortTime = table.Column<long>(type: "INTEGER", nullable: false),
                    EndTime = table.Column<long>(type: "INTEGER", nullable: true),
                    Overran = table.Column<bool>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Reasons = table.Column<string>(type: "TEXT", nullable: false),
                    Remedies = table.Column<string>(type: "TEXT", nullable: false),
                    Moves = table.Column<string>(type: "TEXT", nullable: false),
                    Override = table.Column<string>(type: "TEXT", nullable: false),
                    Recorded = table.Column<bool>(type: "INTEGER", nullable: false),
                    BookingRequest = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Attempt = table.Column<int>(type: "INTEGER", nullable: false),
                    RequestEpoch = table.Column<long>(type: "INTEGER", nullable: false),
                    RequestVersion = table.Column<long>(type: "INTEGER", nullable: false),
                    Window = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    BackOutReserve = table.Column<long>(type: "INTEGER", nullable: false),
                    BacksOut = table.Column<string>(type: "TEXT", nullable: false),
                    Change = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    ChangeType = table.Column<int>(type: "INTEGER", nullable: false),
                    ChangeUrl = table.Column<string>(type: "TEXT", nullable: false),
                    CommitTime = table.Column<long>(type: "INTEGER", nullable: true),
                    Components = table.Column<string>(type: "TEXT", nullable: false),
                    Deadline = table.Column<long>(type: "INTEGER", nullable: true),
                    DisplayName = table.Column<string>(type: "TEXT", nullable: false),
                    Duration = table.Column<long>(type: "INTEGER", nullable: false),
                    Environment = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    Exclusive = table.Column<bool>(type: "INTEGER", nullable: false),
                    Implementer = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    RolloutTail = table.Column<long>(type: "INTEGER", nullable: false),
                    Severity = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    CreateTime = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdateTime = table.Column<long>(type: "INTEGER", nullable: false),
                    DeleteTime = table.Column<long>(type: "INTEGER", nullable: true),
                    DeleteReason = table.Column<string>(type: "TEXT", nullable: false),
                    StateDigest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CalendarChanges",
                columns: table => new
                {
                    Stamp = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    CommitTime = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CalendarChanges", x => new { x.Stamp, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "SlotDemands",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Component = table.Column<string>(type: "TEXT", nullable: false),
                    Environment = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Severity = table.Column<int>(type: "INTEGER", nullable: false),
                    Duration = table.Column<long>(type: "INTEGER", nullable: false),
                    EarliestDue = table.Column<long>(type: "INTEGER", nullable: true),
                    Supply = table.Column<byte[]>(type: "BLOB", nullable: true),
                    SupplyVersion = table.Column<long>(type: "INTEGER", nullable: false),
                    OfferedStart = table.Column<long>(type: "INTEGER", nullable: true),
                    Epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    IsDeleted = table.Column<bool>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    LastRun = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlotDemands", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "ZoneVersions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ZoneVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BookingComponents",
                columns: table => new
                {
                    BookingId = table.Column<string>(type: "TEXT", nullable: false),
                    Component = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BookingComponents", x => new { x.BookingId, x.Component });
                    table.ForeignKey(
                        name: "FK_BookingComponents_Bookings_BookingId",
                        column: x => x.BookingId,
                        principalTable: "Bookings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_BookingComponents_Component",
                table: "BookingComponents",
                column: "Component");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_BookingRequest",
                table: "Bookings",
                column: "BookingRequest");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_SortTime_Id",
                table: "Bookings",
                columns: new[] { "SortTime", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_State",
                table: "Bookings",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_Window",
                table: "Bookings",
                column: "Window");

            migrationBuilder.CreateIndex(
                name: "IX_CalendarChanges_CommitTime",
                table: "CalendarChanges",
                column: "CommitTime");

            migrationBuilder.CreateIndex(
                name: "IX_SlotDemands_OfferedStart",
                table: "SlotDemands",
                column: "OfferedStart");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BookingComponents");

            migrationBuilder.DropTable(
                name: "CalendarChanges");

            migrationBuilder.DropTable(
                name: "SlotDemands");

            migrationBuilder.DropTable(
                name: "ZoneVersions");

            migrationBuilder.DropTable(
                name: "Bookings");
        }
    }
}
