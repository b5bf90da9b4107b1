namespace Dfx.Harness.Planning.Pricing;

/// <summary>When the last job of a run ends, if each takes what it is priced at: jobs start in the order of the plan as soon as a worker and their needs allow.</summary>
internal static class Timetable
{
    /// <param name="jobs">The jobs, each after those that it needs.</param>
    /// <param name="seconds">What each takes.</param>
    /// <param name="workers">How many run at once.</param>
    internal static double Length(IReadOnlyList<Job> jobs, Func<Job, double> seconds, int workers)
    {
        var waiting = new LinkedList<Job>(jobs);
        var open = jobs.Select(job => job.Key).ToHashSet(StringComparer.Ordinal);
        var running = new PriorityQueue<Job, double>();
        var now = 0.0;
        while (waiting.Count > 0 || running.Count > 0)
        {
            while (running.Count < workers && Ready(waiting, open) is { } node)
            {
                waiting.Remove(node);
                running.Enqueue(node.Value, now + seconds(node.Value));
            }

            if (!running.TryDequeue(out var ended, out now))
            {
                throw new InvalidOperationException($"'{waiting.First!.Value.Identity}' needs a job that stands after it");
            }

            open.Remove(ended.Key);
        }

        return now;
    }

    private static LinkedListNode<Job>? Ready(LinkedList<Job> waiting, HashSet<string> open)
    {
        for (var node = waiting.First; node is not null; node = node.Next)
        {
            if (!node.Value.Needs.Any(open.Contains))
            {
                return node;
            }
        }

        return null;
    }
}
