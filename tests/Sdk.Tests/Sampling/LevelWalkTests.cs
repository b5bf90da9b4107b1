using Dfx.Numerics.Noise;

namespace Dfx.Sdk.Tests.Sampling;

/// <summary>The walk over levels that samplers are made of.</summary>
public sealed class LevelWalkTests
{
    [Test]
    public void Every_step_has_its_levels_and_the_state_of_the_one_before()
    {
        using var scope = torch.NewDisposeScope();
        List<(SamplingStep, double)> seen = [];
        var end = Request([4, 2, 1, 0], 2).Walk((x, step) =>
        {
            seen.Add((step, x[0].ToDouble()));
            return x + step.Level;
        });
        Assert.That(seen, Is.EqualTo(new[] { (new SamplingStep(0, 4, 2), 1.0), (new SamplingStep(1, 2, 1), 5.0) }));
        Assert.That(end[0].ToDouble(), Is.EqualTo(7));
    }

    /// <summary>In place, a new tensor, the state itself, the start: each way of writing a step.</summary>
    [Test]
    public void The_start_is_left_alone_whatever_a_step_returns([Values(0, 1, 2, 3)] int stop)
    {
        using var scope = torch.NewDisposeScope();
        var request = Request([3, 2, 1, 0], stop);
        var ways = new Func<torch.Tensor, torch.Tensor>[] { x => x.add_(1), x => x + 1, x => x, _ => request.Start };
        foreach (var way in ways)
        {
            var end = request.Walk((x, _) => way(x));
            Assert.That(end, Is.Not.SameAs(request.Start));
            Assert.That((request.Start.IsInvalid, request.Start[0].ToDouble(), end.IsInvalid), Is.EqualTo((false, 1.0, false)));
            end.add_(5);
            Assert.That(request.Start[0].ToDouble(), Is.EqualTo(1));
        }
    }

    [Test]
    public void A_step_leaves_its_state_alone_behind()
    {
        using var scope = torch.NewDisposeScope();
        var request = Request([.. Enumerable.Range(0, 50).Select(i => 50.0 - i)], 49);
        List<torch.Tensor> inner = [], states = [];
        var end = request.Walk((x, step) =>
        {
            states.Add(x);
            inner.Add(x * 2);
            return inner[^1] + 1;
        });
        Assert.That(inner.Concat(states).Select(t => t.IsInvalid), Is.All.True);
        Assert.That(scope.DisposablesCount, Is.EqualTo(2), "the start and the end");
        Assert.That(end.IsInvalid, Is.False);
    }

    [Test]
    public void What_is_moved_out_of_a_step_lives_until_the_walk_ends()
    {
        using var scope = torch.NewDisposeScope();
        List<torch.Tensor> history = [];
        _ = Request([3, 2, 1], 2).Walk((x, _) =>
        {
            Assert.That(history.Select(t => t.IsInvalid), Is.All.False);
            history.Add((x * 2).MoveToOuterDisposeScope());
            return x + 1;
        });
        Assert.That(history.Select(t => t.IsInvalid), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public void The_token_is_looked_at_before_every_step()
    {
        using var scope = torch.NewDisposeScope();
        using var stop = new CancellationTokenSource();
        var steps = 0;
        Assert.That(
            () => (Request([3, 2, 1, 0], 3) with { Cancellation = stop.Token }).Walk((x, _) =>
            {
                steps++;
                stop.Cancel();
                return x;
            }),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That((steps, scope.DisposablesCount), Is.EqualTo((1, 1L)), "and nothing stays behind");
    }

    [Test]
    public void A_step_that_returns_nothing_is_named()
    {
        using var scope = torch.NewDisposeScope();
        Assert.That(() => Request([3, 2], 1).Walk((_, _) => null!), Throws.InvalidOperationException.With.Message.EqualTo(
            "step 0 of the sampler returned null instead of a state"));
    }

    private static SamplingRequest Request(IReadOnlyList<double> levels, int stop) => new()
    {
        Nfe = 3,
        Levels = levels,
        Stop = stop,
        Start = torch.ones([2], torch.float64),
        Noise = new SampleNoise(NoiseKey.For(0, "sampling"), 0, 1, new(1, 2, 2), torch.CPU),
    };
}
