using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class EpssScores : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EpssScores");
        }
    }
}
