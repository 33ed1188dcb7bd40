using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class WideKeysNotClustered : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_Inventory",
                table: "Inventory");

            migrationBuilder.DropPrimaryKey(
                name: "PK_AdvisoryPackages",
                table: "AdvisoryPackages");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Inventory",
                table: "Inventory",
                columns: new[] { "Component", "Environment", "Package", "Version" })
                .Annotation("SqlServer:Clustered", false);

            migrationBuilder.AddPrimaryKey(
                name: "PK_AdvisoryPackages",
                table: "AdvisoryPackages",
                columns: new[] { "Package", "Ecosystem", "AdvisoryId" })
                .Annotation("SqlServer:Clustered", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_Inventory",
                table: "Inventory");

            migrationBuilder.DropPrimaryKey(
                name: "PK_AdvisoryPackages",
                table: "AdvisoryPackages");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Inventory",
                table: "Inventory",
                columns: new[] { "Component", "Environment", "Package", "Version" });

            migrationBuilder.AddPrimaryKey(
                name: "PK_AdvisoryPackages",
                table: "AdvisoryPackages",
                columns: new[] { "Package", "Ecosystem", "AdvisoryId" });
        }
    }
}
