using Dfx.Baselines;

namespace Dfx.Stf.Tests.Training;

[TestFixture]
internal sealed class StfMethodTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(ProcessKind.Edm)]
    [TestCase(ProcessKind.Vp)]
    public void It_learns_the_denoiser_of_gaussian_data(ProcessKind process)
    {
        var (method, context) = (new StfMethod(new(process, 1024)), Runs.Context(new GaussianData(), 200, 256));
        using var model = method.Train(context);
        double[] states = [-0.5, 0.3, 1.1];
        var (x, sigma) = (torch.tensor(states).view(3, 1, 1, 1), torch.ones(3, dtype: torch.float64));
        var expected = ((x * 0.25) + 0.3) / 1.25;
        Assert.That(model.Denoise(x, sigma).MaxError(expected), Is.LessThan(0.1));
        using var loaded = method.Load(model.ToCheckpoint(), context.Model);
        Assert.That(loaded.Denoise(x, sigma).MaxError(model.Denoise(x, sigma)), Is.Zero);
    }

    [TestCase(ProcessKind.Edm)]
    [TestCase(ProcessKind.Ve)]
    [TestCase(ProcessKind.Vp)]
    public void With_one_reference_it_is_denoising_score_matching(ProcessKind process)
    {
        using var stf = new StfMethod(new(process, 1)).Train(Runs.Context(new GaussianData(side: 4), batch: 1));
        using var dsm = new DsmMethod(new(process)).Train(Runs.Context(new GaussianData(side: 4), batch: 1));
        Assert.That(Runs.Bits(stf), Is.EqualTo(Runs.Bits(dsm)));
    }

    [Test]
    public void With_a_class_of_its_own_for_every_image_it_is_too()
    {
        using var stf = new StfMethod(new(ProcessKind.Ve, 20, MaskLabels: true)).Train(Runs.Context(new GaussianData(40, 40, 4)));
        using var dsm = new DsmMethod(new(ProcessKind.Ve)).Train(Runs.Context(new GaussianData(40, 40, 4)));
        Assert.That(Runs.Bits(stf), Is.EqualTo(Runs.Bits(dsm)));
    }

    [Test]
    public void With_more_references_it_is_something_else()
    {
        using var stf = new StfMethod(new(ProcessKind.Ve, 4)).Train(Runs.Context(new GaussianData(side: 4)));
        using var dsm = new DsmMethod(new(ProcessKind.Ve)).Train(Runs.Context(new GaussianData(side: 4)));
        Assert.That(Runs.Bits(stf), Is.Not.EqualTo(Runs.Bits(dsm)));
    }

    // Every part averages over the references of the whole batch, those of its own class alone.
    [TestCase(8, 0)]
    [TestCase(40, 0)]
    [TestCase(40, 3)]
    public void A_batch_in_parts_has_the_targets_of_the_whole(int references, int classes)
    {
        var (process, network) = (ProcessKind.Edm.Process(), Runs.Context(new GaussianData(60, classes, 4), batch: 8));
        var (whole, parts) = (Targets(1), Targets(4));
        Assert.That(parts.MaxError(whole), Is.LessThan(1e-5));

        torch.Tensor Targets(int count)
        {
            var context = network with { Settings = network.Settings with { Accumulate = count, Flip = true } };
            var batches = new ReferenceBatch(context, new(ProcessKind.Edm, references, MaskLabels: classes > 0));
            using var step = new TrainingBatches(context).Of(3);
            return torch.cat([.. step.Parts.Select(batch =>
            {
                var (sigma, noisy) = ScoreMatching.Perturb(process, batch);
                return StableTarget.Of(noisy, sigma, batches.Of(batch));
            })]);
        }
    }

    [Test]
    public void The_chunk_changes_no_more_than_rounding()
    {
        using var one = new StfMethod(new(ProcessKind.Edm, 64, Chunk: 7)).Train(Runs.Context(new GaussianData(side: 4)));
        using var other = new StfMethod(new(ProcessKind.Edm, 64)).Train(Runs.Context(new GaussianData(side: 4)));
        var (x, sigma) = (torch.ones(1, 1, 4, 4), torch.ones(1));
        Assert.That(one.Denoise(x, sigma).MaxError(other.Denoise(x, sigma)), Is.LessThan(1e-3));
    }

    // d/dw of lambda ‖D - D*‖² is 2 lambda (D - D*) dD/dw: nothing flows through the target.
    [Test]
    public void The_gradient_is_that_of_the_network_alone()
    {
        var process = new EdmProcess();
        using var network = UNets.Create(new() { Channels = 8, Multipliers = [1], Blocks = 1 }, new(new(1, 4, 4)), 1);
        var weight = network.parameters().Last();
        var problem = Targets.Problem.Of(4, 8, 16, [0.3, 1, 3], torch.ScalarType.Float32);
        var (noisy, references) = (problem.Noisy.view(4, 1, 4, 4), problem.References.view(8, 1, 4, 4));
        references.requires_grad = true;
        var target = StableTarget.Of(noisy, problem.Sigma, new(references));
        ScoreMatching.Errors(process, network, noisy, problem.Sigma, target).sum().backward();
        var actual = weight.grad!.clone();
        network.zero_grad();
        var output = process.Denoise(network, noisy, problem.Sigma);
        ((output - target).detach() * process.Weight(problem.Sigma).@float().view(-1, 1, 1, 1) * 2 * output).sum().backward();
        Assert.That(actual.MaxError(weight.grad!), Is.LessThan(1e-4 * actual.abs().max().ToDouble()));
        Assert.That(actual.abs().max().ToDouble(), Is.GreaterThan(0));
        Assert.That(references.grad, Is.Null);
    }
}
