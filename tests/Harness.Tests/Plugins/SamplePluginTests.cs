using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>The example plugin does what it says: the host's other tests stand on it.</summary>
public sealed class SamplePluginTests
{
    private const double Spread = 0.3;
    private static readonly PluginLoader s_loader = new();

    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void The_dataset_is_the_same_every_time_and_made_of_bytes()
    {
        using var one = Data();
        using var other = Data();
        var x = one.Read(Split.Train, [0, 1, 2, 255]);
        var bytes = (x + 1) * 127.5;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(x.shape, Is.EqualTo(new long[] { 4, 1, 8, 8 }));
            Assert.That(other.Read(Split.Train, [255]).Equals(x[3..]), Is.True);
            Assert.That((bytes - bytes.round()).abs().max().ToDouble(), Is.LessThan(1e-4));
            Assert.That(x.max().ToDouble(), Is.InRange(0, 1));
            Assert.That(one.Read(Split.Test, [0]).Equals(x[..1]), Is.False);
            Assert.That(() => one.Read(Split.Train, [256]), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    [TestCase("test-affine")]
    [TestCase("test-variance")]
    [TestCase("test-blur")]
    public void An_interrupted_run_ends_with_the_same_bits(string id)
    {
        var whole = new FakeHost(saveAt: 7);
        using var model = Train(id, whole);
        using var resumed = Train(id, new FakeHost(whole.Saved));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole.Saved!.Step, Is.EqualTo(7));
            Assert.That(whole.Kept, Is.EqualTo(new[] { 0.5, 1.0 }));
            Assert.That(Bits(resumed), Is.EqualTo(Bits(model)));
        }
    }

    [TestCase("test-affine")]
    [TestCase("test-variance")]
    [TestCase("test-blur")]
    public void A_checkpoint_makes_an_equal_model(string id)
    {
        using var model = Train(id, new FakeHost());
        var copy = FakeHost.Copy(model.ToCheckpoint());
        var method = s_loader.Create(TestPlugins.Type(PluginKind.Method, id), new Dictionary<string, string>());
        using var loaded = (ITrainedModel)Invoke(method, "Load", copy, Context());
        Assert.That(Bits(loaded), Is.EqualTo(Bits(model)));
    }

    [Test]
    public void Euler_converges_with_order_one_to_the_flow_of_a_gaussian()
    {
        using var model = (IDenoiser)Gaussian("test-affine", 0.4, Spread);
        var noise = Noise(16);
        var start = noise.Normal() * 80;
        // The flow of N(m, v): x - m scales as sqrt(v + sigma^2).
        var exact = 0.4 + (start - 0.4) * Math.Sqrt(Spread / (Spread + 6400));
        var errors = new[] { 64, 128, 256 }.Select(n => (Sample("test-euler", model, n, start) - exact).abs().max().ToDouble()).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(errors[0] / errors[1], Is.EqualTo(2).Within(0.25));
            Assert.That(errors[1] / errors[2], Is.EqualTo(2).Within(0.25));
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    public void Redraw_gives_the_distribution_of_the_data_at_any_number_of_steps(int nfe)
    {
        using var model = (IVarianceDenoiser)Gaussian("test-variance", 0.4, Spread);
        var x = Sample("test-redraw", model, nfe, model.Prior(80, Noise(400)));
        // 25600 numbers: the standard errors are 0.0034 and 0.0027.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(x.mean().ToDouble(), Is.EqualTo(0.4).Within(0.02));
            Assert.That(x.var().ToDouble(), Is.EqualTo(Spread).Within(0.015));
        }
    }

    [Test]
    public void The_blurred_model_is_the_best_linear_one()
    {
        const double t = 0.6;
        using var model = (ICorruptionModel)Gaussian("test-blur", 0.4, Spread);
        var noise = Noise(4);
        var (x, levels) = (noise.Normal(), torch.full([4], t, torch.float64));
        // The matrix of the corruption, column by column, and the formula of linear estimation with it.
        var c = model.Corruption.Apply(torch.eye(64, dtype: torch.float64).view(64, 1, 8, 8), torch.full([64], t, torch.float64)).view(64, 64).t();
        var covariance = c.matmul(c.t()) * Spread + torch.eye(64, dtype: torch.float64) * Math.Pow(model.Corruption.Sigma(t), 2);
        var residual = x.view(4, 64) - c.matmul(torch.full([64], 0.4, torch.float64));
        var expected = 0.4 + Spread * c.t().matmul(torch.linalg.inv(covariance)).matmul(residual.t()).t();
        Assert.That((model.Restore(x, levels).view(4, 64) - expected).abs().max().ToDouble(), Is.LessThan(1e-10));
    }

    [Test]
    public void Naive_ends_on_clean_images_of_the_models_shape()
    {
        using var model = (ICorruptionModel)Gaussian("test-blur", 0.4, Spread);
        var x = Sample("test-naive", model, 5, model.Prior(1, Noise(64)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(x.shape, Is.EqualTo(new long[] { 64, 1, 8, 8 }));
            Assert.That(x.mean().ToDouble(), Is.EqualTo(0.4).Within(0.05));
        }
    }

    [Test]
    public void A_correction_learns_its_teacher_and_stops_at_its_level()
    {
        var method = s_loader.Create<ICorrection>(TestPlugins.Type(PluginKind.Correction, "test-shrink"), new Dictionary<string, string>());
        using var source = (IDenoiser)Gaussian("test-affine", 0, Spread);
        using var data = Data();
        var training = Training(data, new FakeHost());
        using var taught = method.Load(new(new Dictionary<string, torch.Tensor> { ["factor"] = torch.tensor(0.7) }), training.Model);
        using var pupil = method.Train(new() { Source = source, Teacher = taught, Training = training });
        using var alone = method.Train(new() { Source = source, Training = training });
        var y = torch.ones([1, 1, 8, 8], torch.float64);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pupil.Apply(new() { State = y, Sigma = 0.5 }).mean().ToDouble(), Is.EqualTo(0.7).Within(1e-12));
            // D(y; sigma) = v / (v + sigma^2) y for data of mean 0.
            Assert.That(alone.Apply(new() { State = y, Sigma = 0.5 }).mean().ToDouble(), Is.EqualTo(Spread / (Spread + 0.25)).Within(1e-12));
            Assert.That(pupil.StopIndex([80, 1, 0.5, 0.1, 0]), Is.EqualTo(2));
            Assert.That(() => pupil.StopIndex([80, 0.1, 0]), Throws.TypeOf<NotApplicableException>());
        }
    }

    [Test]
    public void The_task_hides_one_half_of_each_image()
    {
        var task = s_loader.Create<ITask>(TestPlugins.Type(PluginKind.Task, "test-half"), new Dictionary<string, string>());
        var clean = torch.full([32, 1, 8, 8], 0.5, torch.float32);
        var condition = task.Observe(new() { Clean = clean, Noise = Noise(32) })!;
        var columns = condition.Mask!.mean([1, 2]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(condition.Channels!.shape, Is.EqualTo(new long[] { 32, task.ConditionChannels(new(1, 8, 8)), 8, 8 }));
            Assert.That(condition.Mask!.mean().ToDouble(), Is.EqualTo(0.5));
            Assert.That((columns[.., 0] - columns[.., 3]).abs().sum().ToDouble(), Is.Zero);
            Assert.That((columns[.., 0] + columns[.., 4] - 1).abs().sum().ToDouble(), Is.Zero);
            Assert.That(columns[.., 0].mean().ToDouble(), Is.InRange(0.1, 0.9), "Both sides occur.");
            Assert.That((condition.Known! - (condition.Mask! * 0.5)).abs().max().ToDouble(), Is.Zero);
        }
    }

    private static IDataSource Data() => s_loader
        .Create<IDataset>(TestPlugins.Type(PluginKind.Dataset, "test-shapes"), new Dictionary<string, string>()).Open(new(null, ""));

    private static SampleNoise Noise(int count) => new(NoiseKey.For(3, "test"), 0, count, new(1, 8, 8), torch.CPU);

    private static ModelContext Context() =>
        new() { Data = Data(), Task = new GenerateTask(), Network = new(), Device = torch.CPU, Seed = 5 };

    private static TrainingContext Training(IDataSource data, ITrainingHost host) => new()
    {
        Model = Context() with { Data = data },
        Settings = new() { Steps = 20, Batch = 16, Checkpoints = [0.5, 1.0] },
        Host = host,
    };

    private static ITrainedModel Train(string id, ITrainingHost host)
    {
        var method = s_loader.Create(TestPlugins.Type(PluginKind.Method, id), new Dictionary<string, string>());
        return (ITrainedModel)Invoke(method, "Train", Training(Data(), host));
    }

    /// <summary>A model of data that are N(mean, variance) in every pixel.</summary>
    private static ITrainedModel Gaussian(string id, double mean, double variance)
    {
        var method = s_loader.Create(TestPlugins.Type(PluginKind.Method, id), new Dictionary<string, string>());
        return (ITrainedModel)Invoke(method, "Load", new Checkpoint(new Dictionary<string, torch.Tensor>
        {
            ["mean"] = torch.full([1, 8, 8], mean, torch.float64),
            ["variance"] = id == "test-blur" ? torch.tensor(variance) : torch.full([1, 8, 8], variance, torch.float64),
        }), Context());
    }

    private static torch.Tensor Sample<TModel>(string id, TModel model, int nfe, torch.Tensor start)
        where TModel : ITrainedModel
    {
        var sampler = s_loader.Create<ISampler<TModel>>(TestPlugins.Type(PluginKind.Sampler, id), new Dictionary<string, string>());
        var levels = sampler.Levels(model, nfe);
        Assert.That(levels, Is.Ordered.Descending.And.Count.EqualTo(nfe + 1));
        return sampler.Sample(model, new()
        {
            Nfe = nfe,
            Levels = levels,
            Stop = levels.Count - 1,
            Start = start,
            Noise = new(NoiseKey.For(3, "steps"), 0, (int)start.shape[0], new(1, 8, 8), torch.CPU),
        });
    }

    private static object Invoke(object method, string name, params object[] arguments) =>
        method.GetType().GetMethod(name)!.Invoke(method, arguments)!;

    private static string Bits(ITrainedModel model) => string.Join('|', model.ToCheckpoint().Tensors.OrderBy(t => t.Key)
        .Select(t => t.Key + Convert.ToHexString(t.Value.contiguous().bytes.ToArray())));
}
