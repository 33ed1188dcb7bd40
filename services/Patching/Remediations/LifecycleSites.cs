using Governance.Patching.Fields;
using Governance.Patching.Inventory;
using Governance.Patching.Lifecycles;
using Governance.Patching.Neighbours;
using NodaTime;
using NodaTime.Text;

namespace Governance.Patching.Remediations;

/// <summary>Where some products are installed, and what is due there.</summary>
/// <param name="products">The products by id.</param>
internal sealed class LifecycleSites(IReadOnlyDictionary<string, KnownProduct> products)
{
    private readonly Dictionary<(string Component, string Environment, string Product), List<InstalledProduct>> _installed = [];
    private readonly ILookup<string, KnownProduct> _byPackage = products.Values
        .SelectMany(product => product.Packages.Select(package => (package, product))).ToLookup(one => one.package, one => one.product);

    public IEnumerable<string> Components => _installed.Keys.Select(site => site.Component);

    /// <summary>What the component itself runs on, in every environment of its own or only in the one given.</summary>
    public void Add(ComponentCopy copy, string? environment)
    {
        if (copy.PlatformVersion.Length == 0 || !products.TryGetValue(copy.PlatformProduct, out var product)) return;
        foreach (var own in copy.Runs.Where(own => environment is null || own == environment))
        {
            Add(copy.Name, own, product, new InstalledProduct(product.Name, copy.PlatformVersion));
        }
    }

    /// <summary>A package, where it is one of the products.</summary>
    public void Add(InventoryRow row)
    {
        foreach (var product in _byPackage[row.Package])
        {
            Add(row.Component, row.Environment, product, new InstalledProduct(row.Package, row.Version));
        }
    }

    /// <summary>Opens what is due, and closes what is not any more.</summary>
    /// <param name="assessment">The assessment of this write.</param>
    /// <param name="known">All remediations of these products, or places, that follow from a lifecycle.</param>
    /// <param name="components">What is known of the components.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="inventory">The inventory that was just read, as evidence; null when something else changed.</param>
    public void Settle(
        Assessment assessment,
        IReadOnlyList<Remediation> known,
        IReadOnlyDictionary<string, ComponentFacts> components,
        Instant now,
        string? inventory)
    {
        var left = known.ToDictionary(one => (one.Component, one.Environment, one.LifecycleName));
        foreach (var (site, installed) in _installed)
        {
            foreach (var duty in LifecycleDuty.Of(products[site.Product], installed, now.InUtc().Date))
            {
                left.Remove((site.Component, site.Environment, duty.Lifecycle), out var remediation);
                assessment.Assess(duty, components[site.Component], site.Environment, remediation, inventory);
            }
        }

        foreach (var remediation in left.Values.Where(one => one.IsPending))
        {
            var (isReached, evidence) = Ending(remediation, inventory);
            assessment.End(remediation, isReached, evidence);
        }
    }

    private void Add(string component, string environment, KnownProduct product, InstalledProduct installed)
    {
        if (!_installed.TryGetValue((component, environment, product.Id), out var list))
        {
            _installed.Add((component, environment, product.Id), list = []);
        }
        list.Add(installed);
    }

    /// <summary>Why a remediation has nothing to ask for any more: it was left, or its end is not near any more.</summary>
    private (bool IsReached, string Evidence) Ending(Remediation remediation, string? inventory)
    {
        var name = remediation.LifecycleName;
        var (id, cycleId) = LifecycleNames.Parse(name)!.Value;
        var product = products.GetValueOrDefault(id);
        if (product?.Cycles.FirstOrDefault(one => one.Cycle == cycleId) is not { } cycle) return (false, $"{name} is not known any more.");
        var installed = _installed.GetValueOrDefault((remediation.Component, remediation.Environment, id), []);
        if (installed.Any(item => product.CycleOf(item.Version) == cycle))
        {
            return (false, cycle.LastDay is { } day
            ? $"{name} is supported through {LocalDatePattern.Iso.Format(day)} now."
            : $"No end of {name} is announced any more.");
        }

        var source = inventory ?? remediation.Component;
        if (installed.FirstOrDefault(item => product.CycleOf(item.Version) is not null) is { } other)
        {
            return (true, $"{source} has {other.Package} {other.Version}.");
        }
        return inventory is null
            ? (false, $"{source} does not say any more that it runs {name}.")
            : (true, $"{source} has nothing of {product.Name} any more.");
    }
}
