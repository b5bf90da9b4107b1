namespace Dfx.Stf.Tests.Targets;

/// <summary>Noisy images, levels and references of known random numbers; the first references are the sources.</summary>
internal sealed record Problem(torch.Tensor Noisy, torch.Tensor Sigma, torch.Tensor References)
{
    internal static Problem Of(
        int rows, int count, int elements, double[] sigmas, torch.ScalarType dtype = torch.ScalarType.Float64, ulong seed = 1, double scale = 1)
    {
        var noise = new StepNoise(seed, "problem", torch.CPU);
        var references = ((noise.Uniform(0, count, 1, 1, elements) * 2) - 1).to(dtype) * scale;
        var sigma = torch.tensor([.. Enumerable.Range(0, rows).Select(i => sigmas[i % sigmas.Length])]);
        var noisy = references.narrow(0, 0, rows) + (noise.Normal(1, rows, 1, 1, elements).to(dtype) * sigma.to(dtype).view(-1, 1, 1, 1));
        return new(noisy, sigma, references);
    }

    internal torch.Tensor Target(int chunk = StableTarget.DefaultChunk) => StableTarget.Of(Noisy, Sigma, new(References), chunk);

    internal torch.Tensor Weights() => StableTarget.Weights(Noisy, Sigma, new(References));

    /// <summary>Eq. 5 and 6 as they stand, through all differences [B, n, d].</summary>
    internal torch.Tensor BruteForce()
    {
        var (x, r) = (Noisy.flatten(1), References.flatten(1));
        var distances = (x.unsqueeze(1) - r.unsqueeze(0)).square().sum(2L);
        var weights = (distances / (Sigma.to(x.dtype).square().unsqueeze(1) * -2)).softmax(1);
        return (weights.unsqueeze(2) * r.unsqueeze(0)).sum(1L).view_as(Noisy);
    }
}
