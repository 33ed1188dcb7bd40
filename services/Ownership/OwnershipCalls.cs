using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Requests;
using Governance.Ownership.Imports.Codeowners;
using Governance.Ownership.Notifications;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Microsoft.EntityFrameworkCore;
using Contract = Governance.Ownership.V1.Ownership.OwnershipBase;

namespace Governance.Ownership;

/// <summary>The service's calls; each feature folder holds its own.</summary>
internal sealed partial class OwnershipCalls(
    Writes<OwnershipDb> writes,
    Imports<OwnershipDb> imports,
    IDbContextFactory<OwnershipDb> databases,
    OwnerResolver resolver,
    CodeownersBook codeowners,
    NotificationParts notifications,
    BusinessClock clock) : Contract;
