using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Requests;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Microsoft.EntityFrameworkCore;
using Contract = Governance.Ownership.V1.Ownership.OwnershipBase;

namespace Governance.Ownership;

/// <summary>The service's calls; each feature folder holds its own.</summary>
internal sealed partial class OwnershipCalls(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases, Imports<OwnershipDb> imports, OwnerResolver resolver, BusinessClock clock)
    : Contract;
