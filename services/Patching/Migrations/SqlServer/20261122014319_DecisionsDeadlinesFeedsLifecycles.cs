using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.SqlServer
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
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ClosedAt",
                table: "Remediations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Revision",
                table: "Policies",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "SourceVersion",
                table: "Inventory",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true);

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
