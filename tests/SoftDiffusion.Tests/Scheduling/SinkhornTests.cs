namespace Dfx.SoftDiffusion.Tests.Scheduling;

[TestFixture]
internal sealed class SinkhornTests
{
    private GoldenFile _golden = null!;

    [OneTimeSetUp]
    public void Setup() => _golden = new("ot");

    [OneTimeTearDown]
    public void TearDown() => _golden.Dispose();

    [TestCase("sinkhorn_uniform_0")]
    [TestCase("sinkhorn_uniform_1")]
    [TestCase("sinkhorn_weighted_0")]
    [TestCase("sinkhorn_weighted_1")]
    public void Plans_and_objectives_are_the_golden_ones(string problem)
    {
        using var scope = torch.NewDisposeScope();
        var weighted = problem.Contains("weighted", StringComparison.Ordinal);
        var (a, b) = weighted ? (_golden["ot_wx"], _golden["ot_wz"]) : ((torch.Tensor?)null, (torch.Tensor?)null);
        var costs = Sinkhorn.Costs(_golden["ot_x"], _golden[weighted ? "ot_z" : "ot_y"]);
        var ours = new Sinkhorn(Golden(problem + "_eps"), 5000, 1e-12);
        Assert.That(ours.Objective(costs, a, b).ToDouble(), Is.EqualTo(Golden(problem + "_objective")).Within(1e-9));

        var plan = ours.Plan(costs, a, b);
        Assert.That(plan.MaxError(_golden[problem + "_plan"]), Is.LessThan(1e-9));
        Assert.That((plan * costs).sum().ToDouble(), Is.EqualTo(Golden(problem + "_transport_cost")).Within(1e-9));
    }

    [Test]
    public void The_divergence_is_the_golden_one()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = (_golden["ot_x"], _golden["ot_y"]);
        var ours = new Sinkhorn(Golden("sinkhorn_divergence_eps"), 5000, 1e-12);
        var (between, first, second) = (Sinkhorn.Costs(x, y), Sinkhorn.Costs(x, x), Sinkhorn.Costs(y, y));
        Assert.That(ours.Divergence(between, first, second).ToDouble(), Is.EqualTo(Golden("sinkhorn_divergence")).Within(1e-9));

        // Side by side with equal clouds, as a schedule solves them.
        var both = ours.Divergence(torch.stack([between, first]), first.unsqueeze(0), torch.stack([second, first]));
        Assert.That(both.MaxError(torch.tensor([Golden("sinkhorn_divergence"), 0])), Is.LessThan(1e-9));
    }

    /// <summary>Its objective lies between the best assignment's cost, which any plan has at least, and that plus the assignment's own entropy.</summary>
    [Test]
    public void With_little_entropy_it_is_the_assignment()
    {
        using var scope = torch.NewDisposeScope();
        var costs = Sinkhorn.Costs(_golden["ot_x"], _golden["ot_y"]);
        var order = _golden["w2_perm"].to(torch.int64);
        Assert.That(costs.gather(1, order.unsqueeze(1)).mean().ToDouble(), Is.EqualTo(Golden("w2sq_assign")).Within(1e-9), "the costs are the golden ones");
        var objective = new Sinkhorn(0.01, 5000, 1e-9).Objective(costs).ToDouble();
        Assert.That(objective, Is.InRange(Golden("w2sq_assign"), Golden("w2sq_assign") + (0.01 * Math.Log(24))));
    }

    [Test]
    public void With_little_entropy_it_is_the_linear_programme_of_weighted_points()
    {
        using var scope = torch.NewDisposeScope();
        var ours = new Sinkhorn(0.005, 20_000, 1e-9);
        var costs = Sinkhorn.Costs(_golden["ot_x"], _golden["ot_z"]);
        var cost = (ours.Plan(costs, _golden["ot_wx"], _golden["ot_wz"]) * costs).sum().ToDouble();
        Assert.That(cost, Is.EqualTo(Golden("w2sq_weighted_lp")).Within(5e-3));
    }

    /// <summary>Costs of 1e5 eps: exp of them would be 0 everywhere.</summary>
    [Test]
    public void Large_costs_do_not_underflow()
    {
        using var scope = torch.NewDisposeScope();
        var costs = Sinkhorn.Costs(torch.tensor([0.0, 1000], [2, 1]), torch.tensor([300.0, 1300], [2, 1]));
        Assert.That(new Sinkhorn(0.9).Objective(costs).ToDouble(), Is.EqualTo(90_000 + (0.9 * Math.Log(2))).Within(1e-6));
    }

    [Test]
    public void Sinkhorn_distances_of_paired_images_are_near_the_closed_form()
    {
        using var scope = torch.NewDisposeScope();
        var (blur, images) = (new GaussianBlur(16, 16, 32, 9), SmoothImages.Of(64, 1, 16, 16));
        var levels = Candidates.Linear(0.01, 9, 256);
        var paired = PairedDistances.Of(blur, [.. new[] { 0, 16, 20, 36, 60, 64, 100, 120, 124, 200, 204, 255 }.Select(i => levels[i])], images);
        var ours = SinkhornDistances.Of(blur, paired, double.PositiveInfinity, images);
        for (var i = 0; i < paired.Count; i++)
        {
            for (var j = i + 1; j < paired.Count; j++)
            {
                Assert.That(ours[i, j], Is.EqualTo(paired[i, j]).Within(5).Percent, $"{paired.Levels[i]} to {paired.Levels[j]}");
            }
        }
    }

    [Test]
    public void Edges_out_of_reach_are_not_computed()
    {
        using var scope = torch.NewDisposeScope();
        var (blur, images) = (new GaussianBlur(8, 8, 16, 5), SmoothImages.Of(16, 1, 8, 8));
        var paired = PairedDistances.Of(blur, Candidates.Linear(0.5, 5, 12), images);
        var bound = ShortestPath.Bottleneck(paired, 5);
        var ours = SinkhornDistances.Of(blur, paired, bound, images);
        for (var i = 0; i < 12; i++)
        {
            Assert.That(ours[i, i], Is.Zero);
            Assert.That(Enumerable.Range(0, 12).Where(j => double.IsFinite(ours[i, j])), Is.EqualTo(Enumerable.Range(0, 12).Where(j => paired[i, j] <= SinkhornDistances.Reach * bound)));
        }
    }

    private double Golden(string name) => _golden.Doubles(name)[0];
}
