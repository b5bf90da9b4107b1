using Dfx.Baselines.Tests.Methods;

namespace Dfx.Baselines.Tests.Analyses;

/// <summary>The levels of samplers against the closed forms that their papers give.</summary>
[TestFixture]
internal sealed class LevelsAnalysisTests
{
    /// <summary>Karras et al. 2022, equation 5 with rho = 7: the seventh roots are evenly spaced between those of 80 and 0.002.</summary>
    [Test]
    public void Heun_walks_on_evenly_spaced_seventh_roots()
    {
        var roots = Levels(new EdmSchedule(), 20)["heun"].ConvertAll(sigma => Math.Pow(sigma, 1 / 7.0));
        Assert.That(roots, Has.Count.EqualTo(10), "N steps take 2 N - 1 evaluations");
        AssertEven(roots, Math.Pow(80, 1 / 7.0), Math.Pow(0.002, 1 / 7.0));
    }

    /// <summary>Lu et al. 2022: equal steps of log-SNR, which is -2 ln sigma.</summary>
    [Test]
    public void Solvers_walk_on_evenly_spaced_logarithms()
    {
        var logarithms = Levels(new EdmSchedule(), 20)["dpm-solver-pp"].ConvertAll(Math.Log);
        AssertEven(logarithms, Math.Log(80), Math.Log(0.002));
    }

    /// <summary>Song et al. 2021: VE's levels are a geometric sequence in time.</summary>
    [Test]
    public void The_ancestral_sampler_of_ve_walks_on_a_geometric_sequence()
    {
        var logarithms = Levels(new VeSchedule(), 20)["ancestral-sde"].ConvertAll(Math.Log);
        AssertEven(logarithms, Math.Log(100), Math.Log(0.02));
    }

    [Test]
    public void All_of_them_fall()
    {
        var levels = Levels(new VpSchedule(), 20);
        Assert.That(levels, Has.Count.EqualTo(7));
        Assert.That(levels.Values, Is.All.Ordered.Descending);
    }

    /// <summary>One evaluation is too few for a multistep solver's second order, not for Euler's method.</summary>
    [Test]
    public void A_sampler_without_a_run_in_the_budget_is_left_out() => Assert.That(Levels(new EdmSchedule(), 1).Keys, Does.Contain("euler").And.Not.Contain("dpm-solver-pp"));

    [Test]
    public void Without_a_model_there_is_nothing_to_see() => Assert.That(
        () => new LevelsAnalysis(new()).Run(new() { Model = Pixels.Context().Model, Store = new SilentHost(), Progress = new SilentHost() }), Throws.InstanceOf<NotApplicableException>());

    private static void AssertEven(List<double> values, double first, double last)
    {
        Assert.That(values[0], Is.EqualTo(first).Within(1e-9));
        Assert.That(values[^1], Is.EqualTo(last).Within(1e-9));
        var steps = values.Zip(values.Skip(1), (a, b) => a - b).ToList();
        Assert.That(steps, Is.All.EqualTo((first - last) / steps.Count).Within(1e-9));
    }

    private static Dictionary<string, List<double>> Levels(INoiseSchedule schedule, int nfe)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Mixture.Gaussian(0, 1, schedule);
        var context = new AnalysisContext { Model = Pixels.Context().Model, Store = new SilentHost(), Progress = new SilentHost(), Trained = [new(1, 1, 0, model)] };
        return new LevelsAnalysis(new(nfe)).Run(context).Rows.GroupBy(row => (string)row[0]!).ToDictionary(group => group.Key, group => group.Select(row => (double)row[2]!).ToList());
    }
}
