using System.Globalization;

namespace Dfx.Campaign;

/// <summary><c>./dfx test --campaign 8h</c>: the campaign for as long as one likes. It ends with 1 if anything was lost or wrong.</summary>
internal static class Program
{
    private const string Usage = "usage: ./dfx test --campaign 30s|20m|8h [--seed N] [--only PART,PART] [--from N] [--lanes N]\nparts: ";

    internal static int Main(string[] arguments)
    {
        if (arguments is [Inputs.Command, var seed, var seconds])
        {
            return Inputs.Read(int.Parse(seed, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture), Console.Out);
        }

        var options = arguments.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
        if (arguments is not [var time, ..] || Duration(time) is not { } duration || options.Keys.Except(["--seed", "--only", "--from", "--lanes"]).Any())
        {
            Console.Error.WriteLine(Usage + string.Join(", ", Part.All.Select(part => part.Name)));
            return 2;
        }

        var only = options.GetValueOrDefault("--only")?.Split(',');
        var parts = Part.All.Where(part => only?.Contains(part.Name) ?? true).ToList();
        parts.Where(part => part.Missing is not null).ToList().ForEach(part => Console.Error.WriteLine($"{part.Name} is left out: {part.Missing}"));
        using var campaign = new Campaign([.. parts.Where(part => part.Missing is null)], duration, Number("--seed", 1), Number("--from", 0), Console.Error);
        campaign.Run(Number("--lanes", Math.Max(1, Environment.ProcessorCount)));
        Console.Error.WriteLine(campaign.Progress());
        Console.Out.WriteLine(campaign.Table());
        return campaign.Tallies.Values.Any(tally => tally.Lost.Count + tally.Wrong.Count > 0) ? 1 : 0;

        int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    /// <summary>A number with s, m or h behind it.</summary>
    private static TimeSpan? Duration(string text) => text.Length > 1 && double.TryParse(text[..^1], CultureInfo.InvariantCulture, out var number)
        ? text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => null,
        }
        : null;
}
