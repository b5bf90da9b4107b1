using Dfx.Compensation.Tests.Edm;
using Dfx.Diffusion.Tests.Training;

namespace Dfx.Compensation.Tests;

/// <summary>Runs of all methods with rollouts: interrupted, in parts, augmented.</summary>
[TestFixture]
internal sealed class RunTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // Whole rollouts enter otherwise at the first step than later.
    private static IEnumerable<IMethod<IDenoiser>> Resumed() => [.. CombinationTests.Methods(), new CsMethod(new(Inner: 2, ModuleEpochs: 0.5)), new CsMethod(new(Full: true)), new CsMethod(new(Rollout: 3))];

    [TestCaseSource(nameof(Resumed))]
    public void An_interrupted_run_ends_with_the_same_bits(IMethod<IDenoiser> method)
    {
        var undisturbed = new TestHost(_ => true);
        using var expected = method.Train(EdmProblem.Context(10, new SeeingTask(), undisturbed));
        var host = new TestHost(_ => true);
        foreach (var end in new[] { 1, 4, 5, 8 })
        {
            using var source = new CancellationTokenSource();
            host.Reported = done => Cancel(source, done == end);
            Assert.That(() => method.Train(EdmProblem.Context(10, new SeeingTask(), host) with { Cancellation = source.Token }), Throws.InstanceOf<OperationCanceledException>());
        }

        host.Reported = null;
        using var actual = method.Train(EdmProblem.Context(10, new SeeingTask(), host));
        AssertSame(actual.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors);
        AssertSame(host.Saved!.Contents.Tensors, undisturbed.Saved!.Contents.Tensors);
        Assert.That(host.Kept.Select(k => k.Fraction), Is.EqualTo(undisturbed.Kept.Select(k => k.Fraction)));
    }

    // In parts the gradient of the whole batch is the same up to rounding.
    [TestCaseSource(nameof(Resumed))]
    public void A_batch_in_parts_trains_the_same_model(IMethod<IDenoiser> method)
    {
        var (whole, parts) = (EdmProblem.Context(6, new SeeingTask()), EdmProblem.Context(6, new SeeingTask()));
        using var expected = method.Train(whole);
        using var actual = method.Train(parts with { Settings = parts.Settings with { Accumulate = 4 } });
        using var other = method.Train(whole with { Model = whole.Model with { Seed = 6 } });
        var (a, b, c) = (actual.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors, other.ToCheckpoint().Tensors);
        Assert.That(a.Keys, Is.EquivalentTo(b.Keys));
        Assert.That(a.Max(t => t.Value.MaxError(b[t.Key])), Is.LessThan(1e-4));
        Assert.That(a.Max(t => t.Value.MaxError(c[t.Key])), Is.GreaterThan(1e-2));
    }

    // No weight decay: only gradients move the layer that is told.
    [TestCaseSource(nameof(Told))]
    public void A_network_is_told_how_images_were_augmented(IMethod<IDenoiser> method)
    {
        var context = EdmProblem.Context(3);
        context = context with { Model = context.Model with { Augmented = true }, Settings = context.Settings with { Augment = 0.7 } };
        using var start = method.Train(context with { Settings = context.Settings with { Steps = 1, LearningRate = 1e-12 } });
        using var model = method.Train(context);
        var (first, last) = (start.ToCheckpoint(), model.ToCheckpoint());
        var layer = first.Tensors.Keys.Single(k => k.EndsWith("map_augment.weight", StringComparison.Ordinal));
        Assert.That(last.Tensors[layer].MaxError(first.Tensors[layer]), Is.GreaterThan(1e-6));
    }

    private static IEnumerable<IMethod<IDenoiser>> Told() => [.. CombinationTests.Methods(), new CsMethod(new())];

    private static void AssertSame(IReadOnlyDictionary<string, torch.Tensor> actual, IReadOnlyDictionary<string, torch.Tensor> expected)
    {
        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
        Assert.That(expected, Has.All.Matches<KeyValuePair<string, torch.Tensor>>(e => EdmProblem.Same(actual[e.Key], e.Value)));
    }

    private static void Cancel(CancellationTokenSource source, bool now)
    {
        if (now)
        {
            source.Cancel();
        }
    }
}
