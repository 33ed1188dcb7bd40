using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Exceptions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ExceptionRemediations",
                columns: table => new
                {
                    ExceptionId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    RemediationId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Component = table.Column<string>(type: "TEXT", maxLength: 220, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExceptionRemediations", x => new { x.RemediationId, x.ExceptionId });
                });

            migrationBuilder.CreateTable(
                name: "Exceptions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                    Expiry = table.Column<long>(type: "INTEGER", nullable: false),
                    NextMoment = table.Column<long>(type: "INTEGER", nullable: false),
                    ReviewOverdue = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    CreateTime = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdateTime = table.Column<long>(type: "INTEGER", nullable: false),
                    DeleteTime = table.Column<long>(type: "INTEGER", nullable: true),
                    DeleteReason = table.Column<string>(type: "TEXT", nullable: false),
                    StateDigest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Exceptions", x => x.Id);
                });

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExceptionRemediations");

            migrationBuilder.DropTable(
                name: "Exceptions");
        }
    }
}
