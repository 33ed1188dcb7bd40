using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Requests;
using Governance.Patching.Advisories;
using Governance.Patching.Feeds;
using Governance.Patching.Lifecycles;
using Governance.Patching.Persistence;
using Governance.Patching.Rollouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Contract = Governance.Patching.V1.Patching.PatchingBase;

namespace Governance.Patching;

/// <summary>The service's calls; each feature folder holds its own.</summary>
internal sealed partial class PatchingCalls(
    Writes<PatchingDb> writes,
    AdvisoryImporter advisoryImports,
    LifecycleImporter lifecycleImports,
    IDbContextFactory<PatchingDb> databases,
    BusinessClock clock,
    RolloutOptions rolloutOptions,
    FeedRunner feeds,
    IOptions<FeedOptions> feedOptions) : Contract;
