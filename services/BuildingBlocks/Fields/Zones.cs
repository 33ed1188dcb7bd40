using NodaTime;

namespace Governance.BuildingBlocks.Fields;

/// <summary>IANA zones by NodaTime's own database.</summary>
public static class Zones
{
    /// <summary>The database that every civil time is computed with.</summary>
    public static string Version => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>The zone of an id that was checked.</summary>
    public static DateTimeZone Get(string id) => DateTimeZoneProviders.Tzdb[id];

    /// <summary>Whether the database has the zone.</summary>
    public static bool Exists(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null;

    /// <summary>Why an id is refused, with the one that was probably meant.</summary>
    public static string Unknown(string id)
    {
        var nearest = DateTimeZoneProviders.Tzdb.Ids
            .Select(known => (Id: known, Distance: Distance(known.ToUpperInvariant(), id.ToUpperInvariant())))
            .MinBy(candidate => candidate.Distance);
        var hint = nearest.Distance <= Math.Max(2, id.Length / 4) ? $", did you mean \"{nearest.Id}\"?" : ".";
        return $"unknown zone \"{id}\"{hint} Zones are those of the IANA database {Version}.";
    }

    /// <summary>Levenshtein's: how many letters to put in, take out or replace.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
