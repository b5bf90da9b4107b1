using Dfx.TestPlugins.Sample;

namespace Dfx.Diffusion.Tests.Training;

/// <summary>Runs of several trainees with state of their own.</summary>
[TestFixture]
internal sealed class PlanTests
{
    private const int Steps = 60;
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // Two networks, a pool, and a second network that is frozen half way.
    [TestCase(1)]
    [TestCase(2)]
    public void Two_networks_with_a_pool_end_with_the_same_bits_after_thirty_interruptions(int parts)
    {
        var undisturbed = new TestHost();
        using var expected = Rollout(Context(undisturbed, parts));

        var (host, interruptions) = (new TestHost(_ => true), 0);
        IDenoiser? actual = null;
        while (actual is null)
        {
            using var source = new CancellationTokenSource();
            host.Reported = done => _ = interruptions < 30 && done >= 2 * (interruptions + 1) - 1 ? Cancel(source) : 0;
            try
            {
                actual = Rollout(Context(host, parts) with { Cancellation = source.Token });
            }
            catch (OperationCanceledException)
            {
                interruptions++;
            }
        }

        using (actual)
        {
            Assert.That(interruptions, Is.EqualTo(30));
            Runs.AssertEqual(actual.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors);
            Assert.That(host.Kept.Select(k => k.Fraction).Distinct(), Is.EqualTo(undisturbed.Kept.Select(k => k.Fraction)));
            host.Kept.ForEach(kept => Runs.AssertEqual(kept.Weights, undisturbed.Kept.Single(k => k.Fraction.Equals(kept.Fraction)).Weights));
        }
    }

    [Test]
    public void The_second_network_changes_what_the_first_one_learns_only_while_rows_go_on()
    {
        using var one = Rollout(Context(new TestHost(), steps: 8), new(Rollout: 1));
        using var other = Rollout(Context(new TestHost(), steps: 8), new(Rollout: 1, Inner: 1));
        using var longer = Rollout(Context(new TestHost(), steps: 8), new(Rollout: 3));
        using var longerOther = Rollout(Context(new TestHost(), steps: 8), new(Rollout: 3, Inner: 1));
        Runs.AssertEqual(one.ToCheckpoint().Tensors, other.ToCheckpoint().Tensors);
        Assert.That(() => Runs.AssertEqual(longer.ToCheckpoint().Tensors, longerOther.ToCheckpoint().Tensors), Throws.InstanceOf<AssertionException>());
    }

    [Test]
    public void A_frozen_trainee_stays_as_it_is()
    {
        var host = new TestHost(done => done is 4 or 12);
        var context = Runs.Context(host, steps: 14);
        var (first, second, modes) = (Linear(), Linear(), new List<bool>());
        Dictionary<string, torch.Tensor> early = [];
        host.Reported = done => early = done == 5 ? new(host.Saved!.Contents.Tensors) : early;
        using var run = new TrainingRun(context, new()
        {
            Trainees =
            [
                new("first", first, batch => Loss(batch, first) + second.call(batch.Clean).mean()),
                new("second", second, batch => Loss(batch, second)) { FrozenFromStep = 4, Updates = 3 },
            ],
            After = _ => modes.Add(second.training && second.parameters().All(p => p.requires_grad)),
        });
        End(run);
        var late = host.Saved!.Contents.Tensors;
        var (frozen, moving) = (late.Keys.Where(k => k.StartsWith("second/", StringComparison.Ordinal)).ToList(), late.Keys.Where(k => k.StartsWith("first/", StringComparison.Ordinal)));
        Assert.That(modes, Is.EqualTo(Enumerable.Range(0, 14).Select(step => step < 4)));
        Assert.That(frozen, Has.Some.Contain("first-moment").And.Some.Contain("average/0").And.Some.Contain("weight/"));
        Runs.AssertEqual(frozen.ToDictionary(k => k, k => late[k]), frozen.ToDictionary(k => k, k => early[k]));
        Assert.That(late["second/optimizer-steps"].ToInt64(), Is.EqualTo(12));
        Assert.That(moving, Has.All.Matches<string>(k => late[k].ne(early[k]).any().ToBoolean()));
    }

    [Test]
    public void An_epoch_is_counted_by_the_images_that_were_drawn()
    {
        var (network, other, evaluated, drawn) = (Linear(), Linear(), 0, 0L);
        using var run = new TrainingRun(Runs.Context(new TestHost()), new()
        {
            Trainees = [new("a", network, batch => Loss(batch, network)), new("b", other, Count) { FrozenFromEpoch = 0.5 }],
            Before = _ => drawn += 20,
            Drawn = () => drawn,
        });
        End(run);
        // 100 images: half of them are drawn before the losses of the third step.
        Assert.That(evaluated, Is.EqualTo(2));

        torch.Tensor Count(TrainingBatch batch)
        {
            evaluated++;
            return Loss(batch, other);
        }
    }

    [Test]
    public void Losses_come_in_the_order_of_trainees_and_see_the_updates_before_them()
    {
        var (first, second, calls) = (Linear(), Linear(), new List<string>());
        var context = Runs.Context(new TestHost(), steps: 1);
        var start = first.weight!.detach().clone();
        using var run = new TrainingRun(context with { Settings = context.Settings with { WarmUp = 0, Checkpoints = [1] } }, new()
        {
            Trainees = [new("first", first, batch => Told("first", batch, first)), new("second", second, batch => Told("second", batch, second)) { Updates = 2 }],
            Before = batch => calls.Add($"before {batch.Count}"),
            After = batch => calls.Add($"after {batch.Kept("first").item<float>():0}"),
        });
        End(run);
        Assert.That(calls, Is.EqualTo(new[] { "before 7", "first 0 same", "second 0 changed", "second 1 changed", "after 7" }));

        torch.Tensor Told(string name, TrainingBatch batch, torch.nn.Module<torch.Tensor, torch.Tensor> network)
        {
            calls.Add($"{name} {batch.Update} {(first.weight!.eq(start).all().ToBoolean() ? "same" : "changed")}");
            batch.Keep(name, torch.tensor((float)batch.Count));
            return Loss(batch, network);
        }
    }

    [Test]
    public void Checkpoints_name_the_trainees_and_hold_averages_of_those_that_are_averaged()
    {
        var (host, names) = (new TestHost(), new List<string>());
        var (first, second) = (Linear(), Linear());
        var plan = new TrainingPlan
        {
            Trainees = [new("first", first, batch => Loss(batch, first)), new("second", second, batch => Loss(batch, second)) { Averaged = false }],
        };
        using var run = new TrainingRun(Runs.Context(host), plan);
        End(run);
        var kept = run.Averaged(0).Tensors;
        Assert.That(kept.Keys, Is.EquivalentTo(new[] { "first/weight", "first/bias", "second/weight", "second/bias" }));
        Assert.That(kept["second/weight"].eq(second.weight!).all().ToBoolean());
        Assert.That(kept["first/weight"].ne(first.weight!).any().ToBoolean());
    }

    [Test]
    public void Each_trainee_has_its_own_optimizer()
    {
        var (first, second) = (Linear(), Linear());
        var (before, context) = (second.weight!.detach().clone(), Runs.Context(new TestHost()));
        using var run = new TrainingRun(context, new()
        {
            Trainees =
            [
                new("first", first, batch => Loss(batch, first)) { Optimizer = new() { LearningRate = 1e-9, WarmUp = 0 } },
                new("second", second, batch => Loss(batch, second)) { Optimizer = new() { LearningRate = 0.5, WarmUp = 0 } },
            ],
        });
        End(run);
        Assert.That(first.weight!.MaxError(before), Is.LessThan(1e-6));
        Assert.That(second.weight!.MaxError(before), Is.GreaterThan(0.5));
    }

    [Test]
    public void The_methods_state_is_taken_back_with_the_weights()
    {
        var (host, seen) = (new TestHost(), new List<(long Step, float Count)>());
        var (network, counter, left) = (Linear(), torch.zeros(1), 1);
        var context = Runs.Context(host, steps: 40);
        using var run = new TrainingRun(context with { Settings = context.Settings with { Checkpoints = [1] } }, new()
        {
            Trainees = [new("network", network, batch => BadOnce(batch) ? Loss(batch, network) * double.NaN : Loss(batch, network))],
            State = new Dictionary<string, torch.Tensor> { ["counter"] = counter },
            Before = batch => seen.Add((batch.Step, counter.item<float>())),
            After = _ => counter.add_(1),
        });
        End(run);
        Assert.That(counter.item<float>(), Is.EqualTo(40));
        Assert.That(seen.Select(s => s.Count), Is.EqualTo(seen.Select(s => (float)s.Step)));
        Assert.That(seen.Select(s => s.Step).Take(9), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5, 4, 5, 6 }));

        bool BadOnce(TrainingBatch batch) => batch.Step == 5 && left-- > 0;
    }

    [Test]
    public void State_that_is_not_finite_is_no_good_state()
    {
        var (network, state) = (Linear(), torch.zeros(1));
        using var run = new TrainingRun(Runs.Context(new TestHost()), new()
        {
            Trainees = [new("network", network, batch => Loss(batch, network))],
            State = new Dictionary<string, torch.Tensor> { ["number"] = state },
            After = batch => _ = batch.Step == 3 ? state.fill_(double.PositiveInfinity) : state,
        });
        Assert.That(() => End(run), Throws.InstanceOf<DivergedException>());
    }

    [TestCase("")]
    [TestCase("state")]
    [TestCase("a/b")]
    public void A_trainees_name_is_a_word(string name) => Refused(new() { Trainees = [new(name, Linear(), _ => null!)] }, "name");

    [Test]
    public void A_plan_that_makes_no_sense_is_refused()
    {
        var network = Linear();
        Refused(new() { Trainees = [] }, "no trainee");
        Refused(new() { Trainees = [new("a", Linear(), _ => null!), new("a", Linear(), _ => null!)] }, "one name");
        Refused(new() { Trainees = [new("a", network, _ => null!), new("b", network, _ => null!)] }, "parameter in common");
        Refused(new() { Trainees = [new("a", network, _ => null!) { Updates = 0 }] }, "0 updates");
        Refused(new() { Trainees = [new("a", network, _ => null!)], State = new Dictionary<string, torch.Tensor> { ["w"] = network.weight! } }, "detach");
    }

    [Test]
    public void What_no_loss_kept_is_told()
    {
        var network = Linear();
        using var run = new TrainingRun(Runs.Context(new TestHost()), TrainingPlan.Of(network, batch => batch.Kept("eps")));
        Assert.That(run.Step, Throws.InstanceOf<KeyNotFoundException>().With.Message.Contains("'eps'"));
    }

    private static void Refused(TrainingPlan plan, string why) =>
        Assert.That(() => new TrainingRun(Runs.Context(new TestHost()), plan), Throws.ArgumentException.With.Message.Contains(why));

    private static void End(TrainingRun run)
    {
        while (!run.Ended)
        {
            run.Step();
        }
    }

    // Every one starts with the same weights.
    private static TorchSharp.Modules.Linear Linear()
    {
        var linear = torch.nn.Linear(8, 8);
        using var outside = torch.no_grad();
        var noise = new StepNoise(9, "linear", torch.CPU);
        linear.weight!.copy_(noise.Normal(0, 8, 8));
        linear.bias!.copy_(noise.Normal(1, 8));
        return linear;
    }

    private static torch.Tensor Loss(TrainingBatch batch, torch.nn.Module<torch.Tensor, torch.Tensor> network) =>
        (network.call(batch.Clean + batch.Normal("noise")) - batch.Clean).square();

    private static TrainingContext Context(ITrainingHost host, int parts = 1, int steps = Steps)
    {
        var context = Runs.Context(host);
        return context with
        {
            Model = context.Model with { Network = new() { Channels = 4, Multipliers = [1], Blocks = 1 } },
            Settings = context.Settings with { Steps = steps, Batch = 4, Accumulate = parts },
        };
    }

    private static IDenoiser Rollout(TrainingContext context, RolloutOptions? options = null) => new RolloutMethod(options ?? new()).Train(context);

    private static int Cancel(CancellationTokenSource source)
    {
        source.Cancel();
        return 0;
    }
}
