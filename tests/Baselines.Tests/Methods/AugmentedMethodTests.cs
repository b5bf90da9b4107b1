using Dfx.Numerics.Noise;

namespace Dfx.Baselines.Tests.Methods;

/// <summary>Methods whose training augments: they tell their network, or refuse.</summary>
[TestFixture]
internal sealed class AugmentedMethodTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<IMethod<IDenoiser>> Methods() =>
    [
        new DsmMethod(new()), new DsmMethod(new(ProcessKind.Vp)), new DdpmMethod(new()), new P2Method(new()), new SoftTruncationMethod(new()),
        new PfgmppMethod(new()), new ColdMethod(new()), new PatchMethod(new(0)),
    ];

    // The layer has no weight decay, so only gradients move it.
    [TestCaseSource(nameof(Methods))]
    public void The_network_learns_from_what_it_is_told(IMethod<IDenoiser> method)
    {
        var context = Context();
        using var start = method.Train(context with { Settings = context.Settings with { Steps = 1, LearningRate = 1e-12 } });
        using var model = method.Train(context);
        var (first, last) = (start.ToCheckpoint().Tensors["map_augment.weight"], model.ToCheckpoint().Tensors["map_augment.weight"]);
        Assert.That(last.shape[1], Is.EqualTo(AugmentPipe.LabelCount));
        Assert.That((last - first).abs().amax(0).min().ToDouble(), Is.GreaterThan(1e-6));
        using var loaded = method.Load(model.ToCheckpoint(), context.Model);
        var (x, sigma) = (torch.ones([2, 1, 8, 8], torch.ScalarType.Float64), torch.full([2], 0.5, torch.ScalarType.Float64));
        Assert.That(loaded.Denoise(x, sigma).MaxError(model.Denoise(x, sigma)), Is.Zero);
    }

    // Rows, and what is one number for the whole batch, such as the size of patches or the shortest time.
    [TestCaseSource(nameof(Methods))]
    public void A_batch_in_parts_trains_the_same_model(IMethod<IDenoiser> method)
    {
        var context = Context();
        var (whole, parts, other) = (Output(context), Output(InParts(context)), Output(context with { Model = context.Model with { Seed = 2 } }));
        Assert.That(parts.MaxError(whole), Is.LessThan(Math.Min(1e-4, other.MaxError(whole) / 50)));

        torch.Tensor Output(TrainingContext c)
        {
            using var model = method.Train(c);
            return model.Denoise(torch.ones([2, 1, 8, 8], torch.ScalarType.Float64), torch.full([2], 0.5, torch.ScalarType.Float64));
        }
    }

    [Test]
    public void A_fit_in_parts_is_the_same()
    {
        var context = Context();
        using var source = new DsmMethod(new()).Train(context);
        var fit = context with { Model = context.Model with { Augmented = false, Source = source }, Settings = context.Settings with { Augment = 0 } };
        foreach (var method in (IMethod<IVarianceDenoiser>[])[new AnalyticMethod(new(Levels: 5)), new SnMethod(new())])
        {
            using var whole = method.Train(fit);
            using var parts = method.Train(InParts(fit));
            var (x, sigma) = (torch.ones([2, 1, 8, 8], torch.ScalarType.Float64), torch.full([2], 0.5, torch.ScalarType.Float64));
            Assert.That(parts.DenoiseWithVariance(x, sigma).Variance.MaxError(whole.DenoiseWithVariance(x, sigma).Variance), Is.LessThan(1e-5));
        }
    }

    [Test]
    public void Fits_refuse()
    {
        var context = Context();
        using var source = new DsmMethod(new()).Train(context);
        var fit = context with { Model = context.Model with { Source = source } };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new AnalyticMethod(new()).Train(fit), Throws.InvalidOperationException.With.Message.Contain("training: { augment: 0 }"));
            Assert.That(() => new SnMethod(new()).Train(fit), Throws.InvalidOperationException.With.Message.Contain("training: { augment: 0 }"));
        }
    }

    [Test]
    public void A_plain_fit_takes_an_augmented_source()
    {
        var context = Context();
        using var source = new DsmMethod(new()).Train(context);
        var fit = Pixels.Context(3, source: source);
        fit = fit with { Model = context.Model with { Augmented = false, Source = source }, Settings = fit.Settings with { Batch = 4 } };
        using var model = new SnMethod(new()).Train(fit);
        Assert.That(model.ToCheckpoint().Tensors.Keys, Has.None.Contains("augment"));
    }

    private static TrainingContext InParts(TrainingContext context) => context with { Settings = context.Settings with { Accumulate = 4 } };

    private static TrainingContext Context()
    {
        var context = Pixels.Context(4);
        return context with
        {
            Model = context.Model with { Data = new Speckles(), Network = new() { Channels = 8, Multipliers = [1, 1], Blocks = 1 }, Augmented = true },
            Settings = context.Settings with { Batch = 16, Augment = 0.7 },
        };
    }

    /// <summary>Images of 8 by 8 pixels.</summary>
    private sealed class Speckles : IDataSource
    {
        public DataShape Shape => new(1, 8, 8);

        public IReadOnlyList<string> Classes => [];

        public bool IsImages => false;

        public int Count(Split split) => 50;

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
        {
            var values = new float[indices.Length * 64];
            for (var i = 0; i < indices.Length; i++)
            {
                NoiseSource.Normals(NoiseKey.For(1, "speckles"), (uint)indices[i], 0, values.AsSpan(i * 64, 64));
            }

            return torch.tensor(values, Shape.Batch(indices.Length));
        }

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("No labels.");

        public void Dispose()
        {
        }
    }
}
