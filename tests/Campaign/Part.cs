namespace Dfx.Campaign;

/// <summary>One way to disturb Dfx.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="What">What it does, in a line of the table.</param>
/// <param name="Share">Its share of the time, relative to the others.</param>
/// <param name="Try">Disturbs once, or as often as one run can bear.</param>
internal sealed record Part(string Name, string What, double Share, Func<Trial, Tally> Try)
{
    /// <summary>Why it cannot be done on this machine; null if it can.</summary>
    internal string? Missing { get; init; }

    /// <summary>All parts.</summary>
    internal static IReadOnlyList<Part> All { get; } =
    [
        new("kills", "host, worker or both killed or stopped at a random moment, and started again", 40, Kills.Try),
        new("inputs", "damaged files, read by every reader", 10, Inputs.Try),
        new("rot", "files of a finished run and of its cache damaged, deleted or swapped, and the run extended", 15, Rot.Try),
        new("disks", "disks that fill up and limits of a file's size, in results and cache", 12, Disks.Try),
        new("hosts", "hosts at once on one folder or one cache, some of them killed", 12, Hosts.Try),
        new("plugins", "plugins that misbehave, beside one that does not", 8, Hostile.Try),
        new("clocks", "clocks of other centuries, which change in the middle", 3, Clocks.Try) { Missing = File.Exists(Clocks.Library) ? null : "faketime is not installed" },
    ];
}

/// <summary>One use of a part.</summary>
/// <param name="Seed">Decides all that is random in it.</param>
/// <param name="Deadline">When the campaign ends: what goes on until its work is done disturbs no more.</param>
/// <param name="Calm">Undisturbed runs.</param>
/// <param name="Scenarios">What may be run.</param>
internal sealed record Trial(int Seed, DateTime Deadline, CalmRuns Calm, IReadOnlyList<Scenario> Scenarios)
{
    internal Random Random { get; } = new(Seed);

    internal bool HasTime => DateTime.UtcNow < Deadline;

    internal T Pick<T>(IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];
}
