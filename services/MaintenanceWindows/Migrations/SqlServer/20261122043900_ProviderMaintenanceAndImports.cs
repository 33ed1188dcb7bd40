using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.MaintenanceWindows.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ProviderMaintenanceAndImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Responsibilities");

            migrationBuilder.AddColumn<string>(
                name: "Rdates",
                table: "Freezes",
                type: "nvarchar(max)",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.CreateTable(
                name: "ImportedEvents",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Source = table.Column<string>(type: "nvarchar(63)", maxLength: 63, nullable: false),
                    Uid = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Modified = table.Column<long>(type: "bigint", nullable: true),
                    Parts = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportedEvents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProviderMaintenances",
                columns: table => new
                {
                    Id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Party = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    AnnounceTime = table.Column<long>(type: "bigint", nullable: false),
                    History = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SourceUid = table.Column<string>(type: "nvarchar(450)", maxLength: 450, nullable: false),
                    RecurrenceId = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    SourceSequence = table.Column<long>(type: "bigint", nullable: false),
                    SourceUpdateTime = table.Column<long>(type: "bigint", nullable: true),
                    CancelTime = table.Column<long>(type: "bigint", nullable: true),
                    EndedTime = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Components = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Description = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    DisplayName = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    End = table.Column<long>(type: "bigint", nullable: false),
                    Environments = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Impact = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SourceComponents = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Start = table.Column<long>(type: "bigint", nullable: false),
                    Warns = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreateTime = table.Column<long>(type: "bigint", nullable: false),
                    UpdateTime = table.Column<long>(type: "bigint", nullable: false),
                    DeleteTime = table.Column<long>(type: "bigint", nullable: true),
                    DeleteReason = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    StateDigest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProviderMaintenances", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ProviderMaintenances_Party_SourceUid_RecurrenceId",
                table: "ProviderMaintenances",
                columns: new[] { "Party", "SourceUid", "RecurrenceId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ImportedEvents");

            migrationBuilder.DropTable(
                name: "ProviderMaintenances");

            migrationBuilder.DropColumn(
                name: "Rdates",
                table: "Freezes");

            migrationBuilder.CreateTable(
                name: "Responsibilities",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Area = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Component = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    Duty = table.Column<int>(type: "int", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: true),
                    IsDeleted = table.Column<bool>(type: "bit", nullable: false),
                    LastRun = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Party = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Responsibilities", x => x.Name);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Responsibilities_Component",
                table: "Responsibilities",
                column: "Component");
        }
    }
}
