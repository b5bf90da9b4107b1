using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Execution.Host;

/// <summary>
/// How fast a job goes: over the last minute of what was seen of it, so that what a resumption restored does not count. Where a job begins to count
/// something else, or goes back, its pace begins anew.
/// </summary>
internal sealed class Pace
{
    private const double Stretch = 60;
    private readonly List<(double At, long Done)> _seen = [];
    private long _total;

    /// <summary>The share of the job that was done when it was first heard of.</summary>
    internal double Restored { get; private set; }

    /// <summary>Steps or images a second; null until two reports tell.</summary>
    internal double? Rate => _seen is [var first, .., var last] && last.At > first.At && last.Done > first.Done ? (last.Done - first.Done) / (last.At - first.At) : null;

    /// <summary>Seconds until the job has done all, at that rate.</summary>
    internal double? Left => Rate is { } rate ? (_total - _seen[^1].Done) / rate : null;

    /// <summary>Takes note of a report.</summary>
    /// <param name="progress">How far the job has come.</param>
    /// <param name="at">Seconds since it was started here.</param>
    internal void Note(Progress progress, double at)
    {
        if (_total == 0 && progress.Total > 0)
        {
            Restored = (double)progress.Done / progress.Total;
        }

        if (progress.Total != _total || (_seen.Count > 0 && progress.Done < _seen[^1].Done))
        {
            _seen.Clear();
            _total = progress.Total;
        }

        _seen.Add((at, progress.Done));
        while (_seen.Count > 2 && at - _seen[1].At >= Stretch)
        {
            _seen.RemoveAt(0);
        }
    }
}
