using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class CsafDocuments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CsafDocuments");
        }
    }
}
