using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Tests.Pairs;

/// <summary>The source's trajectories against flows that are known in closed form.</summary>
[TestFixture]
internal sealed class FlowTests
{
    private const double S = 0.5;
    private static readonly double[] s_grid = Grids.Karras(0.002, 80, 18);

    [TestCase(PairSolver.Heun)]
    [TestCase(PairSolver.Euler)]
    public void On_point_mass_data_the_path_is_a_straight_line(PairSolver solver)
    {
        using var scope = torch.NewDisposeScope();
        var truth = Problem.Uniform("truth", 1, 1, 8, 8);
        var source = new FormulaDenoiser((y, _) => truth.expand_as(y).clone());
        var start = truth + (Problem.Normal("z", 4, 1, 8, 8) * s_grid[2]);
        var end = new Flow(source, solver, s_grid).Down(start, [2, 2, 2, 2], [5, 9, 15, 16]);
        var expected = torch.cat([.. ((int[])[5, 9, 15, 16]).Select((b, i) => truth + ((start[i].unsqueeze(0) - truth) * (s_grid[b] / s_grid[2])))]);
        Assert.That((end - expected).abs().max().ToDouble(), Is.LessThan(1e-12 * s_grid[2]));
    }

    [Test]
    public void A_model_that_works_in_float32_keeps_the_line_to_1e_5()
    {
        using var scope = torch.NewDisposeScope();
        var truth = Problem.Uniform("truth", 1, 1, 8, 8).@float();
        // As a preconditioned network does it: c_skip y + c_out F in float32, with the F that gives the truth.
        var source = new FormulaDenoiser((y, sigma) =>
        {
            var (low, skip) = (y.@float(), (0.25 / (sigma.square() + 0.25)).@float());
            return ((skip * low) + (truth - (skip * low))).to(y.dtype);
        });
        var start = truth.@double() + (Problem.Normal("z", 1, 1, 8, 8) * s_grid[0]);
        var end = new Flow(source, PairSolver.Heun, s_grid).Down(start, [0], [12]);
        var expected = truth.@double() + ((start - truth.@double()) * (s_grid[12] / s_grid[0]));
        Assert.That(((end - expected).abs().max() / expected.abs().max()).ToDouble(), Is.GreaterThan(0).And.LessThan(1e-5));
    }

    [TestCase(PairSolver.Heun, 0.662720362)]
    [TestCase(PairSolver.Euler, 0.585694379)]
    public void On_Gaussian_data_factors_are_the_published_ones(PairSolver solver, double factor) =>
        Assert.That(Factor(solver, s_grid, 11, 15), Is.EqualTo(factor).Within(1e-9));

    [Test]
    public void The_exact_factor_is_the_published_one() => Assert.That(Exact(s_grid[11], s_grid[15]), Is.EqualTo(0.650180126).Within(1e-9));

    [Test]
    public void Heun_is_of_order_2()
    {
        double[] errors = [.. ((int[])[1, 2, 4, 8]).Select(Error)];
        Assert.That(errors, Is.EqualTo(new[] { 1.929e-2, 4.972e-3, 1.248e-3, 3.120e-4 }).Within(0.1).Percent);
        Assert.That(errors.Zip(errors.Skip(1), (a, b) => a / b), Is.All.EqualTo(4).Within(15).Percent);

        double Error(int finer) => RelativeError(PairSolver.Heun, Refined(finer));
    }

    [Test]
    public void Euler_is_of_order_1()
    {
        // The asymptotic ratio is 2; the coarsest grid is left out, which is not there yet.
        double[] errors = [.. ((int[])[4, 8, 16, 32]).Select(finer => RelativeError(PairSolver.Euler, Refined(finer)))];
        Assert.That(errors.Zip(errors.Skip(1), (a, b) => a / b), Is.All.EqualTo(2).Within(5).Percent);
    }

    [TestCase(12, 2.268e-2)]
    [TestCase(24, 5.415e-3)]
    [TestCase(48, 1.322e-3)]
    public void DPM_Solver_2_has_its_published_errors(int steps, double error)
    {
        var grid = Grids.LogSnr(0.01, 10, steps + 1);
        var found = Math.Abs((Factor(PairSolver.DpmSolver2, grid, 0, steps) / Exact(10, 0.01)) - 1);
        Assert.That(found, Is.EqualTo(error).Within(1).Percent);
    }

    [Test]
    public void Rows_with_levels_of_their_own_are_those_of_runs_alone()
    {
        using var scope = torch.NewDisposeScope();
        var flow = new Flow(FormulaDenoiser.Gaussian(), PairSolver.Heun, s_grid);
        var (y, starts, stops) = (Problem.Normal("y", 4, 1, 8, 8), (int[])[3, 0, 14, 7], (int[])[4, 16, 15, 11]);
        var together = flow.Down(y, starts, stops);
        var alone = torch.cat([.. Enumerable.Range(0, 4).Select(i => flow.Down(y.narrow(0, i, 1), [starts[i]], [stops[i]]))]);
        Assert.That(Problem.Same(together, alone), Is.True);
    }

    [Test]
    public void Only_images_under_way_are_evaluated()
    {
        using var scope = torch.NewDisposeScope();
        var source = FormulaDenoiser.Gaussian();
        _ = new Flow(source, PairSolver.Heun, s_grid).Down(Problem.Normal("y", 3, 1, 8, 8), [3, 0, 14], [4, 16, 15]);
        Assert.That(source.Evaluations, Is.EqualTo(2 * (1 + 16 + 1)));
    }

    [Test]
    public void Encoded_starts_lead_back_to_their_images_at_order_2_and_noised_ones_do_not()
    {
        double[] encoded = [.. ((int[])[18, 35, 69]).Select(levels => Back(PairCoupling.OdeEncode, levels))];
        double[] noised = [.. ((int[])[18, 35, 69]).Select(levels => Back(PairCoupling.ForwardNoise, levels))];
        Assert.That(encoded.Zip(encoded.Skip(1), (a, b) => a / b), Is.All.EqualTo(4).Within(15).Percent);
        Assert.That(encoded[^1], Is.LessThan(0.01));
        Assert.That(noised, Is.All.GreaterThan(0.3));

        // From the level of index 4 of 18 to that before the last: both are levels of every grid here.
        static double Back(PairCoupling coupling, int levels)
        {
            using var scope = torch.NewDisposeScope();
            var pairs = new Trajectories(FormulaDenoiser.Gaussian(), new PairOptions { Levels = levels, Coupling = coupling });
            var clean = Problem.Normal("x", 8, 1, 8, 8) * S;
            int[] starts = [.. Enumerable.Repeat(4 * (levels - 1) / 17, 8)], stops = [.. Enumerable.Repeat(levels - 2, 8)];
            var y = pairs.Stop(clean, Problem.Normal("z", 8, 1, 8, 8), starts, stops);
            return (y - clean).square().mean().sqrt().ToDouble() / S;
        }
    }

    [Test]
    public void A_network_of_the_variance_preserving_process_is_solved_alike_natively_and_in_sigma_space()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var process = new VpProcess();
        using var network = UNets.Create(new() { Channels = 8, Multipliers = [1], Blocks = 1 }, new(Problem.Shape), 1);
        network.eval();
        foreach (var (name, weight) in network.named_parameters().Where(p => p.name.Contains("weight", StringComparison.Ordinal)))
        {
            weight.add_(Problem.Normal(name, weight.shape).to(weight.dtype) * 0.05);
        }

        var levels = Grids.LogSnr(process.Schedule.SigmaMin, 20, 12);
        var y = Problem.Normal("y", 2, 1, 8, 8) * levels[0];
        // DDIM as it is published, in the frame x = s (x0 + sigma z), with the network's own noise label 999 t: x' = s' (x - s sigma eps) / s + s' sigma' eps.
        var x = y * process.Schedule.Scale(process.Schedule.Time(levels[0]));
        foreach (var (sigma, next) in levels.Zip(levels.Skip(1)))
        {
            var (t, then) = (process.Schedule.Time(sigma), process.Schedule.Time(next));
            var (s, s2) = (process.Schedule.Scale(t), process.Schedule.Scale(then));
            var eps = network.call(x.@float(), torch.full([2], (float)(999 * t)), null).@double();
            x = ((x - (eps * (s * sigma))) * (s2 / s)) + (eps * (s2 * next));
        }

        using var model = new PreconditionedDenoiser(network, process, Problem.Shape);
        var end = new Flow(model, PairSolver.Euler, levels).Down(y, [0, 0], [11, 11]) * process.Schedule.Scale(process.Schedule.Time(levels[^1]));
        Assert.That(((end - x).abs().max() / x.abs().max()).ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void Data_in_0_to_1_are_the_same_flow_with_everything_doubled()
    {
        using var scope = torch.NewDisposeScope();
        double[] native = [5, 2, 0.5, 0.1, 0.01];
        var y = Problem.Normal("y", 2, 1, 8, 8) * native[0];
        // N(1/2, 0.2²) there is N(0, 0.4²) here.
        var there = new FormulaDenoiser((v, sigma) => ((v - 0.5) * 0.04 / (sigma.square() + 0.04)) + 0.5);
        var end = new Flow(there, PairSolver.Heun, native).Down(y, [0, 0], [4, 4]);
        var here = new Flow(FormulaDenoiser.Gaussian(0.4), PairSolver.Heun, [.. native.Select(s => 2 * s)]).Down((2 * y) - 1, [0, 0], [4, 4]);
        Assert.That(((2 * end) - 1 - here).abs().max().ToDouble(), Is.LessThan(1e-12));
    }

    private static double Exact(double a, double b) => Math.Sqrt(((S * S) + (b * b)) / ((S * S) + (a * a)));

    private static double RelativeError(PairSolver solver, double[] grid) => Math.Abs((Factor(solver, grid, 0, grid.Length - 1) / Exact(grid[0], grid[^1])) - 1);

    // From level 11 to level 15 of the grid, with each of its steps cut into equal ones of sigma^(1/7).
    private static double[] Refined(int finer) => Grids.Karras(s_grid[15], s_grid[11], (4 * finer) + 1);

    private static double Factor(PairSolver solver, double[] grid, int a, int b)
    {
        using var scope = torch.NewDisposeScope();
        return new Flow(FormulaDenoiser.Gaussian(S), solver, grid).Down(torch.ones(1, 1, 1, 1, torch.float64), [a], [b]).ToDouble();
    }
}
