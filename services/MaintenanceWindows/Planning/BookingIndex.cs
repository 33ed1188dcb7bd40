using System.Collections.Immutable;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>The confirmed and started bookings, by what they can be in the way of. Immutable; a change copies a few timelines.</summary>
internal sealed class BookingIndex
{
    private readonly ImmutableDictionary<string, BookedChange> _byName;
    private readonly ImmutableDictionary<Key, Timeline> _timelines;

    private BookingIndex(ImmutableDictionary<string, BookedChange> byName, ImmutableDictionary<Key, Timeline> timelines) =>
        (_byName, _timelines) = (byName, timelines);

    public static BookingIndex Empty { get; } =
        new(ImmutableDictionary<string, BookedChange>.Empty, ImmutableDictionary<Key, Timeline>.Empty);

    public int Count => _byName.Count;

    public IEnumerable<BookedChange> All => _byName.Values;

    public static BookingIndex From(IEnumerable<BookedChange> bookings)
    {
        var byName = bookings.ToImmutableDictionary(booking => booking.Name);
        var timelines = byName.Values
            .SelectMany(Keys, (booking, key) => (booking, key))
            .GroupBy(pair => pair.key, pair => pair.booking)
            .ToImmutableDictionary(group => group.Key, Timeline.From);
        return new(byName, timelines);
    }

    public BookedChange? Find(string name) => _byName.GetValueOrDefault(name);

    public Timeline OfComponent(string component, string environment) => Of(new(Kind.Component, component, environment));

    public Timeline OfWindow(string window) => Of(new(Kind.Window, window, ""));

    public Timeline OfImplementer(string implementer) => Of(new(Kind.Implementer, implementer, ""));

    public Timeline OfRollout(string rollout, string environment) => Of(new(Kind.Rollout, rollout, environment));

    public BookingIndex Set(BookedChange booking)
    {
        var rest = Remove(booking.Name);
        var timelines = rest._timelines.ToBuilder();
        foreach (var key in Keys(booking))
        {
            timelines[key] = timelines.GetValueOrDefault(key, Timeline.Empty).Add(booking);
        }
        return new(rest._byName.SetItem(booking.Name, booking), timelines.ToImmutable());
    }

    public BookingIndex Remove(string name)
    {
        if (!_byName.TryGetValue(name, out var old)) return this;
        var timelines = _timelines.ToBuilder();
        foreach (var key in Keys(old))
        {
            var rest = timelines[key].Remove(old);
            if (rest.IsEmpty) timelines.Remove(key);
            else timelines[key] = rest;
        }
        return new(_byName.Remove(name), timelines.ToImmutable());
    }

    private Timeline Of(Key key) => _timelines.GetValueOrDefault(key, Timeline.Empty);

    private static IEnumerable<Key> Keys(BookedChange booking)
    {
        foreach (var component in booking.Components.Distinct())
        {
            yield return new(Kind.Component, component, booking.Environment);
        }
        foreach (var window in booking.Places.Select(place => place.Window).Distinct())
        {
            yield return new(Kind.Window, window, "");
        }
        if (booking.Implementer.Length > 0) yield return new(Kind.Implementer, booking.Implementer, "");
        if (booking.Rollout.Length > 0) yield return new(Kind.Rollout, booking.Rollout, booking.Environment);
    }

    private enum Kind
    {
        Component,
        Window,
        Implementer,
        Rollout,
    }

    private readonly record struct Key(Kind Kind, string Name, string Environment);
}
