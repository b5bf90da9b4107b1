namespace Dfx.Baselines.Tests.Methods;

/// <summary>Every method that learns E[x0 | x] (or the median, which is the same here) learns it on Gaussian data of one pixel.</summary>
[TestFixture]
internal sealed class GaussianPixelTests
{
    private static readonly (string Name, IMethod<IDenoiser> Method)[] s_methods =
    [
        ("dsm edm", new DsmMethod(new(ProcessKind.Edm))),
        ("dsm vp", new DsmMethod(new(ProcessKind.Vp))),
        ("dsm sub-vp", new DsmMethod(new(ProcessKind.SubVp))),
        ("dsm iddpm", new DsmMethod(new(ProcessKind.Iddpm))),
        ("ddpm eps", new DdpmMethod(new())),
        ("ddpm x0", new DdpmMethod(new(100, DdpmSchedule.Cosine, Prediction.X0))),
        ("ddpm v", new DdpmMethod(new(100, DdpmSchedule.Linear, Prediction.V))),
        ("ddpm score", new DdpmMethod(new(Prediction: Prediction.Score))),
        ("p2", new P2Method(new())),
        ("cold", new ColdMethod(new())),
        ("soft-truncation", new SoftTruncationMethod(new())),
        ("soft-truncation likelihood", new SoftTruncationMethod(new(1.2, Likelihood: true))),
        ("patch", new PatchMethod(new())),
        ("pfgmpp with many dimensions", new PfgmppMethod(new(1e6))),
    ];

    [Test]
    public void It_learns_the_denoiser_of_gaussian_data([ValueSource(nameof(Names))] string name)
    {
        using var scope = torch.NewDisposeScope();
        var (method, context) = (s_methods.Single(m => m.Name == name).Method, Pixels.Context(250, 5e-3, ema: 0.98));
        using var model = method.Train(context);
        var expected = ((Pixels.Images() * PixelData.Variance) + PixelData.Mean) / (PixelData.Variance + 1);
        Assert.That(model.Denoise(Pixels.Images(), Pixels.Fill(1)).MaxError(expected), Is.LessThan(0.1));
        Pixels.AssertLoads(method, model, context.Model);
    }

    // Student noise with three degrees of freedom: E[x0 | x] of one pixel by Simpson's rule, far from the Gaussian's line in the tails. Its gradients
    // have tails too: without a long average the weights wander by a tenth.
    [Test]
    public void Pfgmpp_learns_the_denoiser_of_its_own_noise()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new PfgmppMethod(new(3)).Train(Pixels.Context(1200, 2.5e-3, ema: 0.995));
        double[] states = [-3, -0.5, 0.3, 1.1, 3];
        var x = torch.tensor(states).view(5, 1, 1, 1);
        var learned = model.Denoise(x, torch.full([5], 0.5, torch.ScalarType.Float64)).view(5).data<double>().ToArray();
        var expected = Array.ConvertAll(states, s => Student(s, 0.5));
        Assert.That(expected[4], Is.LessThan(((3 * 0.25) + (0.3 * 0.25)) / 0.5 - 0.5), "the Gaussian's line is elsewhere");
        Assert.That(learned, Is.EqualTo(expected).Within(0.12));
    }

    private static IEnumerable<string> Names() => s_methods.Select(m => m.Name);

    private static double Student(double x, double sigma)
    {
        var (above, below) = (0.0, 0.0);
        const int Nodes = 4001;
        for (var i = 0; i < Nodes; i++)
        {
            var clean = PixelData.Mean - 4 + (8.0 * i / (Nodes - 1));
            var prior = Math.Exp(-Math.Pow(clean - PixelData.Mean, 2) / (2 * PixelData.Variance));
            var weight = (i % 2 == 0 ? 2 : 4) * prior * Math.Pow(1 + (Math.Pow((x - clean) / sigma, 2) / 3), -2);
            (above, below) = (above + (weight * clean), below + weight);
        }

        return above / below;
    }
}
