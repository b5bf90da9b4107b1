using System.Security.Cryptography;
using Dfx.Diffusion.Tests.Training;
using Dfx.Numerics.Noise;
using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Tests;

/// <summary>Corrections in training.</summary>
[TestFixture]
internal sealed class ResidualTests
{
    private static readonly ResidualOptions s_small = new(Size: FunctionSize.T, Depth: FunctionDepth.Model, Rotate: false, Crop: false, Pairs: 400);

    [TestCase(FunctionSize.T, 807_075)]
    [TestCase(FunctionSize.S, 3_207_491)]
    [TestCase(FunctionSize.M, 12_788_355)]
    public void Sizes_have_the_published_numbers_of_parameters(FunctionSize size, long parameters) => Assert.That(Parameters(size), Is.EqualTo(parameters));

    [Test]
    public void So_do_the_large_ones_which_follow_from_the_small_ones()
    {
        // The number of parameters is a polynomial of degree 2 in the channels.
        var (t, s, m) = (Parameters(FunctionSize.T), Parameters(FunctionSize.S), Parameters(FunctionSize.M));
        double Exact(double c) => (t * (c - 32) * (c - 64) / (16.0 * 48)) - (s * (c - 16) * (c - 64) / (16.0 * 32)) + (m * (c - 16) * (c - 32) / (48.0 * 32));
        Assert.That(((double[])[96, 128, 256]).Select(Exact), Is.EqualTo(new[] { 28_742_595.0, 51_070_211, 204_114_435 }).Within(0.1));
    }

    [Test]
    public void The_network_is_told_no_level_and_keeps_the_shape()
    {
        using var scope = torch.NewDisposeScope();
        using var network = new FunctionShape(FunctionSize.T, FunctionDepth.Model, FunctionOutput.Direct, InputScale.Raw).Build(Problem.Model());
        Assert.That(network.named_parameters().Select(p => p.name), Has.None.Contain("affine").And.None.Contain("map_"));
        Assert.That(network.call(torch.ones(2, 1, 8, 8), null, null).shape, Is.EqualTo(new long[] { 2, 1, 8, 8 }));
    }

    [Test]
    public void With_skip_a_new_function_is_nearly_the_identity()
    {
        using var scope = torch.NewDisposeScope();
        var shape = new FunctionShape(FunctionSize.T, FunctionDepth.Model, FunctionOutput.Skip, InputScale.Rms);
        using var network = shape.Build(Problem.Model());
        var y = Problem.Normal("y", 4, 1, 8, 8).@float() * 30;
        Assert.That((shape.Apply(network, y) - y).abs().max().ToDouble(), Is.LessThan(1e-2));
    }

    [Test]
    public void The_identity_makes_of_a_trajectory_s_end_what_stopping_there_does()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var (model, sampler) = (FormulaDenoiser.Gaussian(), new Baselines.HeunSampler(new()));
        var shape = new FunctionShape(FunctionSize.T, FunctionDepth.Model, FunctionOutput.Skip, InputScale.Raw);
        using var network = shape.Build(Problem.Model());
        foreach (var weight in network.parameters())
        {
            weight.zero_();
        }

        using var f = CorrectionFunction.Load(new(network.state_dict()), Problem.Model(), shape, new(StopRule.PaperLevel, StopSide.AtOrAbove));
        var levels = sampler.Levels(model, 35);
        var noise = new SampleNoise(NoiseKey.For(1, "sampling"), 0, 4, Problem.Shape, torch.CPU);
        var end = sampler.Sample(model, new() { Nfe = 35, Levels = levels, Stop = f.StopIndex(levels), Start = model.Prior(levels[0], noise), Noise = noise });
        var request = new CorrectionRequest { State = end, Sigma = levels[15], Target = model };
        Assert.That(model.Evaluations, Is.EqualTo(4 * 30));
        var stopped = new StopControl(new()).Load(new(new Dictionary<string, torch.Tensor>()), Problem.Model()).Apply(request);
        Assert.That(Problem.Same(f.Apply(request), stopped), Is.True);
        Assert.That(model.Evaluations, Is.EqualTo(4 * 30), "f asks the model for nothing");
    }

    [Test]
    public void It_learns()
    {
        // Eight images, and only starts of the last levels, where y_a still knows its image.
        using var scope = torch.NewDisposeScope();
        var (source, data) = (FormulaDenoiser.Gaussian(), new GaussianData(8));
        var options = s_small with { SigmaAMax = 0.07, Output = FunctionOutput.Skip, Weighting = ResidualWeighting.Constant, Beta = 0, Pairs = 64 };
        var pairs = Problem.Collect(source, options.Collected, data);
        var training = Problem.Training(data, steps: 300);
        using var correction = new Residual(options).Train(new() { Source = source, Collection = pairs, Training = training });
        var clean = data.Read(Split.Train, pairs.Ints(Harvest.Image)).@double();
        var y = clean + pairs.Column(Harvest.Residual).@double();
        var made = correction.Apply(new() { State = y, Sigma = 0.01 });
        Assert.That((made - clean).square().mean().ToDouble(), Is.LessThan(0.7 * (y - clean).square().mean().ToDouble()));
        Assert.That(made.dtype, Is.EqualTo(torch.float64));
    }

    [TestCase(PairBatching.Harvest)]
    [TestCase(PairBatching.Lockstep)]
    public void The_source_is_left_as_it_was(PairBatching batching)
    {
        using var scope = torch.NewDisposeScope();
        var model = Problem.Model();
        using var source = new PreconditionedDenoiser(UNets.For(model), new EdmProcess(), Problem.Shape);
        var before = Hash(source.ToCheckpoint());
        using var generator = torch.get_rng_state();
        var options = s_small with { Batching = batching, Pairs = 60 };
        var pairs = Problem.Collect(source, options.Collected);
        using var correction = new Residual(options).Train(new() { Source = source, Collection = pairs, Training = Problem.Training() });
        Assert.That(Hash(source.ToCheckpoint()), Is.EqualTo(before));
        Assert.That(source.ToCheckpoint().Tensors.Values.Select(t => t.grad), Is.All.Null);
        Assert.That(Problem.Same(torch.get_rng_state(), generator), Is.True, "libtorch's own generator");
    }

    [Test]
    public void A_copy_of_the_teacher_has_nothing_to_learn()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var metric in Enum.GetValues<ResidualMetric>())
        {
            var options = new DistillationOptions(Size: FunctionSize.T, Depth: FunctionDepth.Model, Metric: metric, Rotate: false, Crop: false, Pairs: 60);
            var source = FormulaDenoiser.Gaussian();
            var context = new CorrectionContext { Source = source, Collection = Problem.Collect(source, options.Collected), Training = Problem.Training() };
            using var network = options.Shape.Build(context.Training.Model);
            using var teacher = CorrectionFunction.Load(new(network.state_dict()), context.Training.Model, options.Shape, options.Stop);
            var before = Hash(teacher.ToCheckpoint());
            using var batches = new TrainingBatches(context.Training);
            var loss = new Distillation(options).Loss(network, teacher, PairSupply.Of(context, options.Collected), new(options.Metric), batches.Of(0)).mean();
            loss.backward();
            Assert.That(loss.ToDouble(), Is.Zero);
            Assert.That(network.parameters().Select(p => p.grad!.abs().max().ToDouble()), Is.All.Zero);
            Assert.That(Hash(teacher.ToCheckpoint()), Is.EqualTo(before));
        }
    }

    [Test]
    public void A_student_comes_nearer_to_its_teacher()
    {
        using var scope = torch.NewDisposeScope();
        var source = FormulaDenoiser.Gaussian();
        var options = new DistillationOptions(Size: FunctionSize.T, Depth: FunctionDepth.Model, Rotate: false, Crop: false, SigmaAMax: 0.3, Pairs: 400);
        var pairs = Problem.Collect(source, options.Collected);
        using var teacher = new Residual(s_small with { SigmaAMax = 0.3, Output = FunctionOutput.Skip }).Train(new() { Source = source, Collection = pairs, Training = Problem.Training(steps: 20) });
        var context = new CorrectionContext { Source = source, Teacher = teacher, Collection = pairs, Training = Problem.Training(steps: 60) };
        using var student = new Distillation(options).Train(context);
        var y = Problem.Normal("y", 16, 1, 8, 8) * 0.5;
        var target = teacher.Apply(new() { State = y, Sigma = 0.01 });
        Assert.That((student.Apply(new() { State = y, Sigma = 0.01 }) - target).square().mean().ToDouble(), Is.LessThan(0.5 * target.square().mean().ToDouble()));
    }

    [Test]
    public void Without_beta_the_loss_is_its_first_term_and_clean_images_are_not_asked_for()
    {
        using var scope = torch.NewDisposeScope();
        var source = FormulaDenoiser.Gaussian();
        var pairs = Problem.Collect(source, s_small.Collected);
        var training = Problem.Training();
        var context = new CorrectionContext { Source = source, Collection = pairs, Training = training };
        using var network = s_small.Shape.Build(training.Model);
        using var batches = new TrainingBatches(training);
        var supply = PairSupply.Of(context, s_small.Collected);
        torch.Tensor Loss(double beta) => new ResidualLoss(s_small with { Beta = beta }, supply, new(ResidualMetric.L2)).Of(network, batches.Of(0));
        var (first, both, twice) = (Loss(0), Loss(1), Loss(2));
        var batch = supply.Of(batches.Of(0));
        var weights = PairWeights.Of(ResidualWeighting.Snr, supply.Grid, supply.Law, true);
        var expected = torch.tensor(Array.ConvertAll(batch.Stops, b => (float)weights[b])) * (network.call(batch.State, null, null) - batch.Clean).square().mean([1L, 2, 3]);
        Assert.That(Problem.Same(first, expected), Is.True);
        Assert.That(((both - first) - (twice - both)).abs().max().ToDouble(), Is.LessThan(1e-5));
        Assert.That((both - first).min().ToDouble(), Is.GreaterThan(0));
    }

    [Test]
    public void Checkpoints_before_the_end_are_kept_here_and_the_last_one_by_the_host()
    {
        using var scope = torch.NewDisposeScope();
        var source = FormulaDenoiser.Gaussian();
        var host = new TestHost();
        var training = Problem.Training(host: host);
        training = training with { Settings = training.Settings with { Checkpoints = [0.5, 1] } };
        using var correction = new Residual(s_small).Train(new() { Source = source, Collection = Problem.Collect(source, s_small.Collected), Training = training });
        Assert.That(host.Kept.Select(k => k.Fraction), Is.EqualTo(new[] { 0.5 }));
    }

    [Test]
    public void Distillation_without_a_teacher_and_a_residual_with_one_are_refused()
    {
        var source = FormulaDenoiser.Gaussian();
        var context = new CorrectionContext { Source = source, Training = Problem.Training() };
        Assert.That(() => new Distillation(new()).Train(context), Throws.ArgumentException.With.Message.Contain("teacher:"));
        using var teacher = new StopControl(new()).Load(new(new Dictionary<string, torch.Tensor>()), Problem.Model());
        Assert.That(() => new Residual(new()).Train(context with { Teacher = teacher }), Throws.ArgumentException.With.Message.Contain("distill"));
    }

    [Test]
    public void Controls_are_the_state_one_denoised_image_and_one_more_evaluation()
    {
        using var scope = torch.NewDisposeScope();
        var none = new Checkpoint(new Dictionary<string, torch.Tensor>());
        var (y, target) = (Problem.Normal("y", 2, 1, 8, 8), FormulaDenoiser.Gaussian());
        var request = new CorrectionRequest { State = y, Sigma = 0.2, Target = target };
        Assert.That(Problem.Same(new StopControl(new()).Load(none, Problem.Model()).Apply(request), y), Is.True);
        var denoised = new DenoiseControl(new()).Load(none, Problem.Model()).Apply(request);
        Assert.That((denoised - (y * 0.25 / 0.29)).abs().max().ToDouble(), Is.LessThan(1e-12));
        Assert.That(target.Evaluations, Is.EqualTo(2));
        Assert.That(((IMatchedControl)new MatchedControl(new()).Load(none, Problem.Model())).Evaluations, Is.EqualTo(1));
    }

    private static long Parameters(FunctionSize size)
    {
        var shape = new FunctionShape(size, FunctionDepth.Edm, FunctionOutput.Direct, InputScale.Raw);
        using var network = UNets.Create(shape.Settings(new(), new(3, 32, 32)), new(new DataShape(3, 32, 32)) { NoiseBlind = true }, 1);
        return network.Card.Parameters;
    }

    private static string Hash(Checkpoint checkpoint)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in checkpoint.Tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            all.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            all.AppendData(tensor.detach().contiguous().bytes.ToArray());
        }

        return Convert.ToHexString(all.GetHashAndReset());
    }
}
