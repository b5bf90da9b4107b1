namespace Dfx.Stf.Analyses;

/// <summary>
/// A dataset of N points, each as likely as any other: what x0 is, given x = x0 + sigma z, is a softmax over them, and expectations are sums.
/// All tensors are float64 on the CPU and belong to the scope that this is made in.
/// </summary>
/// <param name="points">The points [N, d].</param>
internal sealed class FiniteData(torch.Tensor points)
{
    private readonly torch.Tensor _distances = Distances(points);

    internal int Count => (int)points.shape[0];

    internal int Dimensions => (int)points.shape[1];

    internal torch.Tensor Points => points;

    /// <summary>Noisy points x [M, d]: a point drawn uniformly and noise.</summary>
    internal torch.Tensor Noisy(StepNoise noise, long draw, int count, double sigma)
    {
        using var scope = torch.NewDisposeScope();
        var which = torch.tensor(Array.ConvertAll(noise.Integers(2 * draw, Count, count), i => (long)i));
        var normal = noise.Normal((2 * draw) + 1, count, Dimensions).cpu().@double();
        return scope.MoveToOuter(points.index_select(0, which) + (normal * sigma));
    }

    /// <summary>p(x0 = y_k | x) for every x: [M, N].</summary>
    internal torch.Tensor Posterior(torch.Tensor x, double sigma) => StableTarget.Weights(
        x.view(-1, Dimensions, 1, 1), torch.full([x.shape[0]], sigma, torch.float64), new(points.view(-1, Dimensions, 1, 1)));

    /// <summary>
    /// Tr Cov[x0 | x] of every row [M]: half the mean squared distance of two draws. All terms are positive, so the value keeps its digits
    /// where the posterior is all but one point.
    /// </summary>
    internal torch.Tensor Variance(torch.Tensor posterior)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((posterior.mm(_distances) * posterior).sum(1L) * 0.5);
    }

    /// <summary>
    /// E_{x0 | x} f(p0 / p_{0|x}) of every row [M], with f(y) = (1/y - 1)² if y &lt; 1.5 and 8y/27 - 1/3 otherwise (Xu et al. 2023, theorem 2):
    /// how far the posterior is from the data's distribution.
    /// </summary>
    internal torch.Tensor Divergence(torch.Tensor posterior)
    {
        using var scope = torch.NewDisposeScope();
        var scaled = posterior * Count;
        var near = posterior * (scaled - 1).square();
        var far = (posterior * (-1.0 / 3)) + (8.0 / (27 * Count));
        return scope.MoveToOuter(torch.where(scaled.gt(2.0 / 3), near, far).sum(1L));
    }

    private static torch.Tensor Distances(torch.Tensor points)
    {
        using var scope = torch.NewDisposeScope();
        var squares = points.square().sum(1L);
        var distances = (squares.unsqueeze(1) + squares.unsqueeze(0) - (points.mm(points.t()) * 2)).clamp_min(0);
        return scope.MoveToOuter(distances * (1 - torch.eye(points.shape[0], -1, torch.float64)));
    }
}
