using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DecisionsDeadlinesFeedsLifecycles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AssessedBy",
                table: "Remediations",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ClosedAt",
                table: "Remediations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Revision",
                table: "Policies",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "SourceVersion",
                table: "Inventory",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Calendars",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Terms = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    CreateTime = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdateTime = table.Column<long>(type: "INTEGER", nullable: false),
                    DeleteTime = table.Column<long>(type: "INTEGER", nullable: true),
                    DeleteReason = table.Column<string>(type: "TEXT", nullable: false),
                    StateDigest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Calendars", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Feeds",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    IsEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    EntityTag = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    LastModified = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    LastSuccess = table.Column<long>(type: "INTEGER", nullable: true),
                    LastRun = table.Column<byte[]>(type: "BLOB", nullable: true),
                    RunningSince = table.Column<long>(type: "INTEGER", nullable: true),
                    NextRun = table.Column<long>(type: "INTEGER", nullable: false),
                    StaleFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    IsSaidStale = table.Column<bool>(type: "INTEGER", nullable: false),
                    Terms_DisplayName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Terms_Format = table.Column<int>(type: "INTEGER", nullable: false),
                    Terms_Interval = table.Column<long>(type: "INTEGER", nullable: false),
                    Terms_MaximumAge = table.Column<long>(type: "INTEGER", nullable: false),
                    Terms_Url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    CreateTime = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdateTime = table.Column<long>(type: "INTEGER", nullable: false),
                    DeleteTime = table.Column<long>(type: "INTEGER", nullable: true),
                    DeleteReason = table.Column<string>(type: "TEXT", nullable: false),
                    StateDigest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Feeds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lifecycles",
                columns: table => new
                {
                    Product = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    Cycle = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false),
                    LastDay = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    HasEnded = table.Column<bool>(type: "INTEGER", nullable: false),
                    SearchText = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    Body = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lifecycles", x => new { x.Product, x.Cycle });
                });

            migrationBuilder.CreateTable(
                name: "ProductIdentifiers",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Product = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductIdentifiers", x => new { x.Key, x.Product });
                });

            migrationBuilder.CreateTable(
                name: "Products",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 63, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Identifiers = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Products", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_ClosedAt",
                table: "Remediations",
                column: "ClosedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_IsOpen_AssessedBy",
                table: "Remediations",
                columns: new[] { "IsOpen", "AssessedBy" });

            migrationBuilder.CreateIndex(
                name: "IX_Feeds_NextRun",
                table: "Feeds",
                column: "NextRun");

            migrationBuilder.CreateIndex(
                name: "IX_Feeds_StaleFrom",
                table: "Feeds",
                column: "StaleFrom");

            migrationBuilder.CreateIndex(
                name: "IX_Lifecycles_LastDay",
                table: "Lifecycles",
                column: "LastDay");

            migrationBuilder.CreateIndex(
                name: "IX_ProductIdentifiers_Product",
                table: "ProductIdentifiers",
                column: "Product");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Calendars");

            migrationBuilder.DropTable(
                name: "Feeds");

            migrationBuilder.DropTable(
                name: "Lifecycles");

            migrationBuilder.DropTable(
                name: "ProductIdentifiers");

            migrationBuilder.DropTable(
                name: "Products");

            migrationBuilder.DropIndex(
                name: "IX_Remediations_ClosedAt",
                table: "Remediations");

            migrationBuilder.DropIndex(
                name: "IX_Remediations_IsOpen_AssessedBy",
                table: "Remediations");

            migrationBuilder.DropColumn(
                name: "AssessedBy",
                table: "Remediations");

            migrationBuilder.DropColumn(
                name: "ClosedAt",
                table: "Remediations");

            migrationBuilder.DropColumn(
                name: "Revision",
                table: "Policies");

            migrationBuilder.DropColumn(
                name: "SourceVersion",
                table: "Inventory");
        }
    }
}
