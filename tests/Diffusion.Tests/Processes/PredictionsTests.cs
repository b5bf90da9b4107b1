namespace Dfx.Diffusion.Tests.Processes;

/// <summary>Every prediction of one noisy image says the same.</summary>
[TestFixture]
internal sealed class PredictionsTests
{
    private DisposeScope _scope = null!;
    private torch.Tensor _clean = null!;
    private torch.Tensor _noise = null!;

    [SetUp]
    public void SetUp()
    {
        _scope = torch.NewDisposeScope();
        var noise = new StepNoise(5, "predictions", torch.CPU);
        (_clean, _noise) = (noise.Normal(0, 3, 2, 4, 4).@double(), noise.Normal(1, 3, 2, 4, 4).@double());
    }

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void All_conversions_agree_with_the_definitions([Values] Prediction from, [Values] Prediction to, [Values(0.6, 1.0)] double norm)
    {
        var a = torch.tensor(new[] { 0.999, 0.6, 0.05 }).view(3, 1, 1, 1) * norm;
        var s = (1 - (a / norm).square()).sqrt() * norm;
        var x = (a * _clean) + (s * _noise);
        var actual = Predictions.Convert(from, to, x, Defined(from, a, s), a, s);
        Assert.That(actual.MaxError(Defined(to, a, s)), Is.LessThan(1e-11));
    }

    // D of the preconditioned network is x0 of its output.
    [Test]
    public void A_process_presents_its_prediction_as_a_denoiser([Values] Prediction prediction)
    {
        var sigma = torch.tensor(new[] { 0.05, 1, 20 });
        var (a, s) = ((sigma.square() + 1).rsqrt().view(3, 1, 1, 1), (sigma / (sigma.square() + 1).sqrt()).view(3, 1, 1, 1));
        var (x, output) = ((a * _clean) + (s * _noise), Defined(prediction, a, s));
        var c = new DdpmProcess(DiscreteSchedule.Scaled(1000), prediction).Precondition(sigma);
        var denoised = (x / a * c.Skip.view(3, 1, 1, 1)) + (output * c.Out.view(3, 1, 1, 1));
        Assert.That(denoised.MaxError(_clean), Is.LessThan(1e-11));
        Assert.That(c.In.view(3, 1, 1, 1).MaxError(a), Is.LessThan(1e-15));
    }

    private torch.Tensor Defined(Prediction prediction, torch.Tensor a, torch.Tensor s) => prediction switch
    {
        Prediction.Eps => _noise,
        Prediction.X0 => _clean,
        Prediction.V => (a * _noise) - (s * _clean),
        _ => -(_noise / s),
    };
}
