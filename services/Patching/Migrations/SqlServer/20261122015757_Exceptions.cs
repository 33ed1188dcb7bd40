using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Governance.Patching.Migrations.SqlServer
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
