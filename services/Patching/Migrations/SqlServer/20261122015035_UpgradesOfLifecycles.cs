using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class UpgradesOfLifecycles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Remediations_AdvisoryId_Component_Environment",
                table: "Remediations");

            migrationBuilder.AddColumn<string>(
                name: "LifecycleName",
                table: "Remediations",
                type: "nvarchar(143)",
                maxLength: 143,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Environments",
                table: "Components",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PlatformProduct",
                table: "Components",
                type: "nvarchar(63)",
                maxLength: 63,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "PlatformVersion",
                table: "Components",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_AdvisoryId_LifecycleName_Component_Environment",
                table: "Remediations",
                columns: new[] { "AdvisoryId", "LifecycleName", "Component", "Environment" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Inventory_Package",
                table: "Inventory",
                column: "Package");

            migrationBuilder.CreateIndex(
                name: "IX_Components_PlatformProduct",
                table: "Components",
                column: "PlatformProduct");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Remediations_AdvisoryId_LifecycleName_Component_Environment",
                table: "Remediations");

            migrationBuilder.DropIndex(
                name: "IX_Inventory_Package",
                table: "Inventory");

            migrationBuilder.DropIndex(
                name: "IX_Components_PlatformProduct",
                table: "Components");

            migrationBuilder.DropColumn(
                name: "LifecycleName",
                table: "Remediations");

            migrationBuilder.DropColumn(
                name: "Environments",
                table: "Components");

            migrationBuilder.DropColumn(
                name: "PlatformProduct",
                table: "Components");

            migrationBuilder.DropColumn(
                name: "PlatformVersion",
                table: "Components");

            migrationBuilder.CreateIndex(
                name: "IX_Remediations_AdvisoryId_Component_Environment",
                table: "Remediations",
                columns: new[] { "AdvisoryId", "Component", "Environment" },
                unique: true);
        }
    }
}
