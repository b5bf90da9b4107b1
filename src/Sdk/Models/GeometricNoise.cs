namespace Dfx.Sdk.Internal;

/// <summary>Noise without any other corruption, whose level rises geometrically with t.</summary>
internal sealed class GeometricNoise(double sigmaMin, double sigmaMax) : ICorruption
{
    public double MinLevel => 1e-5;

    public double Sigma(double t) => t <= 0 ? 0 : sigmaMin * Math.Pow(sigmaMax / sigmaMin, t);

    public bool IsIdentity(double t) => true;

    public torch.Tensor Apply(torch.Tensor x, torch.Tensor t) => x.clone();

    /// <summary>sigma(t) of every row, for t above 0.</summary>
    internal torch.Tensor Sigma(torch.Tensor t) => (t * Math.Log(sigmaMax / sigmaMin)).exp() * sigmaMin;
}
