namespace Dfx.SoftDiffusion.Tests.Scheduling;

[TestFixture]
internal sealed class PathTests
{
    private LevelDistances _all = null!;
    private LevelDistances _kept = null!;

    [OneTimeSetUp]
    public void Setup()
    {
        using var scope = torch.NewDisposeScope();
        _all = KnownImages.Distances();
        _kept = KnownImages.Kept();
    }

    [Test]
    public void The_path_of_known_images_is_the_known_one()
    {
        Assert.That(_all.Total, Is.EqualTo(11.2240).Within(5e-5));
        Assert.That(Enumerable.Range(1, 255).Sum(i => _all[i - 1, i]), Is.EqualTo(14.6729).Within(5e-5));
        Assert.That(_kept.Count, Is.EqualTo(253));

        var path = NodePath.Of(_kept, 32);
        Assert.That(path.Bound, Is.EqualTo(0.520949).Within(5e-7));
        Assert.That(path.Levels, Has.Length.EqualTo(32));
        Assert.That(path.Edges.Sum(), Is.EqualTo(14.661).Within(1e-3));
        Assert.That(path.Edges.Max(), Is.EqualTo(path.Bound), "the bound is the longest edge");
        Assert.That((path.Levels[0], path.Levels[^1]), Is.EqualTo((0.01, 18.0)));
        Assert.That(path.Levels, Is.Ordered.Ascending.And.Unique);
        for (var i = 0; i < 31; i++)
        {
            var (from, to) = (KnownImages.Levels.IndexOf(path.Levels[i]), KnownImages.Levels.IndexOf(path.Levels[i + 1]));
            Assert.That(path.Edges[i], Is.EqualTo(_all[from, to]));
        }
    }

    [TestCase(0.53)]
    [TestCase(1)]
    [TestCase(1.7)]
    [TestCase(6)]
    public void Shortest_paths_are_those_of_Dijkstra(double eps)
    {
        var path = ShortestPath.Below(_kept, eps)!.Value;
        Assert.That((path[0], path[^1]), Is.EqualTo((0, _kept.Count - 1)));
        Assert.That(path, Is.Ordered.Ascending.And.Unique);
        var edges = path.Zip(path.Skip(1), (i, j) => _kept[i, j]).ToArray();
        Assert.That(edges, Is.All.LessThanOrEqualTo(eps));
        Assert.That(edges.Sum(), Is.EqualTo(Dijkstra(_kept, eps)).Within(1e-9));
    }

    [Test]
    public void Without_a_bound_the_path_is_one_edge() =>
        Assert.That(ShortestPath.Below(_kept, double.PositiveInfinity), Is.EqualTo(new[] { 0, _kept.Count - 1 }));

    [Test]
    public void Where_no_edge_leads_there_is_no_path()
    {
        Assert.That(ShortestPath.Below(_kept, 1e-3), Is.Null);
        var apart = new LevelDistances([0, 1, 2, 3], Lengths(4, (i, j) => j - i == 1 && i != 1 ? 1 : double.PositiveInfinity));
        Assert.That(() => NodePath.Of(apart, 3), Throws.ArgumentException.With.Message.Contains("no path of 3 nodes"));
    }

    [TestCase(1)]
    [TestCase(254)]
    public void A_number_of_nodes_that_cannot_be_is_an_error(int nodes) =>
        Assert.That(() => NodePath.Of(_kept, nodes), Throws.InstanceOf<ArgumentException>().With.Message.Contains(nodes == 1 ? "nodes" : "at most 253 nodes"));

    [TestCase(2)]
    [TestCase(5)]
    [TestCase(31)]
    [TestCase(33)]
    [TestCase(64)]
    public void Every_number_of_nodes_up_to_the_candidates_has_a_path(int nodes)
    {
        var levels = nodes < 64 ? _kept : _kept.Among([.. Enumerable.Range(0, 64).Select(i => 4 * i)]);
        var path = NodePath.Of(levels, nodes);
        Assert.That(path.Levels, Has.Length.EqualTo(nodes).And.Ordered.Ascending.And.Unique);
        Assert.That(path.Edges, Has.Length.EqualTo(nodes - 1));
        Assert.That((path.Levels[0], path.Levels[^1]), Is.EqualTo((0.01, 18.0)));
    }

    /// <summary>The least longest edge of exactly so many edges, by trying all paths of a small graph whose weights follow no order.</summary>
    [Test]
    public void The_bottleneck_is_the_smallest_longest_edge([Range(1, 7)] int edges)
    {
        var random = new Random(edges);
        var weights = Lengths(8, (_, _) => random.NextDouble());
        var distances = new LevelDistances([0, 1, 2, 3, 4, 5, 6, 7], weights);
        Assert.That(ShortestPath.Bottleneck(distances, edges), Is.EqualTo(Paths(8, edges).Min(path => path.Zip(path.Skip(1), (i, j) => weights[i, j]).Max())));
    }

    [Test]
    public void Of_equally_short_paths_the_one_with_fewer_edges_is_taken()
    {
        // Levels on a line, whose distances add up: every path is as short, up to rounding.
        var line = new LevelDistances([0, 1, 2, 3, 4, 5, 6], Lengths(7, (i, j) => (j * 0.1) - (i * 0.1)));
        Assert.That(ShortestPath.Below(line, 1), Is.EqualTo(new[] { 0, 6 }));
        Assert.That(ShortestPath.Below(line, 0.3 + 1e-9)!.Value.Length, Is.EqualTo(3));
    }

    /// <summary>Two steps in one are shorter than two: three nodes are on the shortest path below any bound from 1.5 to 100 and five below it, so four are on none.</summary>
    [Test]
    public void Where_no_bound_gives_the_number_nodes_lie_at_equal_lengths()
    {
        var bent = new LevelDistances([0, 1, 2, 3, 4], Lengths(5, (i, j) => j - i > 2 ? 100 : j - i == 2 ? 1.5 : 1));
        var path = NodePath.Of(bent, 4);
        Assert.That(path.Bound, Is.Null);
        Assert.That(path.Levels, Is.EqualTo(new[] { 0, 4 / 3.0, 8 / 3.0, 4 }).Within(1e-12));
        Assert.That(path.Edges, Is.All.EqualTo(4 / 3.0).Within(1e-12));
    }

    [Test]
    public void Nodes_at_equal_lengths_are_near_the_path()
    {
        using var scope = torch.NewDisposeScope();
        Assert.That(NodePath.EqualLengths(_kept, 32).Edges, Is.All.EqualTo(14.6729 / 31).Within(1e-3));

        var quadratic = Candidates.Quadratic(0.01, 18, 256);
        var all = LevelDistances.From(quadratic, KnownImages.Between(quadratic));
        var kept = all.Among(Candidates.Kept(all));
        var (path, equal) = (NodePath.Of(kept, 32), NodePath.EqualLengths(kept, 32));
        Assert.That(path.Bound, Is.LessThan(0.520949), "finer candidates need no longer edges");
        foreach (var (found, guess) in path.Levels.Zip(equal.Levels).Where(level => level.First > 1))
        {
            Assert.That(guess, Is.EqualTo(found).Within(7).Percent);
        }
    }

    /// <summary>Squares of distances are no distances: many small steps are always cheaper than one, so the path keeps every level.</summary>
    [TestCase(1)]
    [TestCase(50)]
    [TestCase(double.PositiveInfinity)]
    public void Squared_distances_keep_all_levels(double eps)
    {
        var squares = new LevelDistances(_kept.Levels, Lengths(_kept.Count, (i, j) => _kept[i, j] * _kept[i, j]));
        Assert.That(ShortestPath.Below(squares, eps)!.Value.Length, Is.EqualTo(253));
    }

    [Test]
    public void Levels_that_do_nothing_are_left_out_and_the_last_is_not()
    {
        var kept = Candidates.Kept(_all);
        Assert.That((kept[0], kept[1], kept[^1]), Is.EqualTo((0, 4, 255)), "below 0.25 pixels a sampled kernel is one weight");
        double[] places = [0, 1e-5, 1, 1.99999, 2];
        var line = new LevelDistances([0, 1, 2, 3, 4], Lengths(5, (i, j) => places[j] - places[i]));
        Assert.That(Candidates.Kept(line), Is.EqualTo(new[] { 0, 2, 4 }));
        var nothing = new LevelDistances([0, 1, 2], Lengths(3, (_, _) => 0));
        Assert.That(() => Candidates.Kept(nothing), Throws.ArgumentException.With.Message.Contains("same at all levels"));
    }

    [Test]
    public void Candidates_lie_at_equal_steps_or_quadratically()
    {
        Assert.That(Candidates.Linear(0.01, 18, 256), Is.EqualTo(KnownImages.Levels).Within(1e-12));
        Assert.That(Candidates.Quadratic(1, 10, 4), Is.EqualTo(new[] { 1, 2, 5, 10 }).Within(1e-12));
    }

    [TestCase(double.NaN)]
    [TestCase(-1)]
    public void Distances_that_are_none_are_an_error(double wrong) =>
        Assert.That(() => new LevelDistances([0, 1], Lengths(2, (_, _) => wrong)), Throws.ArgumentException.With.Message.Contains($"is {wrong}"));

    private static double[,] Lengths(int count, Func<int, int, double> length)
    {
        var lengths = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                lengths[i, j] = lengths[j, i] = length(i, j);
            }
        }

        return lengths;
    }

    private static IEnumerable<int[]> Paths(int levels, int edges, int from = 0)
    {
        if (edges == 1)
        {
            return [[from, levels - 1]];
        }

        return Enumerable.Range(from + 1, levels - from - 1).Where(next => next < levels - 1)
            .SelectMany(next => Paths(levels, edges - 1, next).Select(rest => (int[])[from, .. rest]));
    }

    private static double Dijkstra(LevelDistances distances, double eps)
    {
        var known = Enumerable.Repeat(double.PositiveInfinity, distances.Count).ToArray();
        var open = new PriorityQueue<int, double>();
        known[0] = 0;
        open.Enqueue(0, 0);
        while (open.TryDequeue(out var from, out var length))
        {
            for (var to = 0; length <= known[from] && to < distances.Count; to++)
            {
                if (distances[from, to] <= eps && length + distances[from, to] < known[to])
                {
                    known[to] = length + distances[from, to];
                    open.Enqueue(to, known[to]);
                }
            }
        }

        return known[^1];
    }
}
