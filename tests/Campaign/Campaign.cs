using System.Diagnostics;
using System.Globalization;

namespace Dfx.Campaign;

/// <summary>
/// Disturbs Dfx in all ways for a stated time, and counts what it did to results. The parts share the time as their shares say; each trial is decided by the
/// campaign's seed, the part and its number, so that one can be repeated alone.
/// </summary>
/// <param name="parts">What to do.</param>
/// <param name="duration">When no new trial begins.</param>
/// <param name="seed">What decides everything random.</param>
/// <param name="first">The number of each part's first trial.</param>
/// <param name="log">Where faults are told as they are found.</param>
/// <param name="scenarios">What is run; null for all.</param>
internal sealed class Campaign(IReadOnlyList<Part> parts, TimeSpan duration, int seed, int first, TextWriter log, IReadOnlyList<Scenario>? scenarios = null) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CalmRuns _calm = new();
    private readonly Dictionary<Part, (Tally Tally, double Seconds, int Trials, int Running)> _states = parts.ToDictionary(part => part, _ => (Tally.None, 0.0, 0, 0));
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly DateTime _deadline = DateTime.UtcNow + duration;

    /// <summary>What was counted until now.</summary>
    internal IReadOnlyDictionary<Part, Tally> Tallies
    {
        get
        {
            lock (_lock)
            {
                return _states.ToDictionary(state => state.Key, state => state.Value.Tally);
            }
        }
    }

    /// <summary>Tries until the time is over.</summary>
    /// <param name="lanes">Trials side by side.</param>
    internal void Run(int lanes)
    {
        using var progress = new Timer(_ => log.WriteLine(Progress()), null, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15));
        var threads = Enumerable.Range(0, lanes).Select(_ => new Thread(Lane)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    /// <summary>A line of what was done.</summary>
    internal string Progress() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_clock.Elapsed:h\\:mm\\:ss} of {duration:h\\:mm\\:ss} | {string.Join(" | ", Tallies.Select(t => $"{t.Key.Name} {t.Value.Attempts}"))} | lost {Tallies.Values.Sum(t => t.Lost.Count)}, wrong {Tallies.Values.Sum(t => t.Wrong.Count)}");

    /// <summary>The counts as a table in Markdown.</summary>
    internal string Table() => string.Join('\n', (string[])
    [
        "| disturbance | attempts | survived | lost | wrong |",
        "| --- | ---: | ---: | ---: | ---: |",
        .. Tallies.Select(t => string.Create(CultureInfo.InvariantCulture, $"| {t.Key.What} | {t.Value.Attempts} | {t.Value.Survived} | {t.Value.Lost.Count} | {t.Value.Wrong.Count} |")),
    ]);

    public void Dispose() => _calm.Dispose();

    private void Lane()
    {
        while (DateTime.UtcNow < _deadline)
        {
            var (part, number) = Next();
            var (trial, clock) = (new Trial(SeedOf(part, number), _deadline, _calm, scenarios ?? Scenario.All), Stopwatch.StartNew());
            Tally tally;
            try
            {
                tally = part.Try(trial);
            }
            catch (Exception e)
            {
                tally = new(1, [e.ToString()], []);
            }

            End(part, number, tally, clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>The part that is furthest behind its share, with the number of its next trial.</summary>
    private (Part Part, int Number) Next()
    {
        lock (_lock)
        {
            var part = parts.MinBy(p => (_states[p].Seconds + (10 * _states[p].Running)) / p.Share)!;
            var state = _states[part];
            _states[part] = state with { Trials = state.Trials + 1, Running = state.Running + 1 };
            return (part, first + state.Trials);
        }
    }

    private void End(Part part, int number, Tally tally, double seconds)
    {
        lock (_lock)
        {
            var state = _states[part];
            _states[part] = state with { Tally = state.Tally + tally, Seconds = state.Seconds + seconds, Running = state.Running - 1 };
        }

        foreach (var (word, fault) in tally.Lost.Select(f => ("LOST", f)).Concat(tally.Wrong.Select(f => ("WRONG", f))))
        {
            log.WriteLine($"{word} in {part.Name}, again by --seed {seed} --only {part.Name} --from {number}:\n{fault}");
        }
    }

    // Not GetHashCode, which differs from process to process.
    private int SeedOf(Part part, int number) => part.Name.Aggregate(seed, (sum, letter) => unchecked((sum * 31) + letter)) ^ (number * 7919);
}
