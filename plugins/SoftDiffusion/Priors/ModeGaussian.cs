namespace Dfx.SoftDiffusion;

/// <summary>
/// A Gaussian over blurred images in [0, 1]: coefficients of the modes that vary enough are drawn together, of all channels and with their full
/// covariance, and the others have their mean.
/// </summary>
internal sealed class ModeGaussian : IDisposable
{
    private readonly BlurModes _modes;
    private readonly torch.Tensor _mean;
    private readonly torch.Tensor _root;
    private readonly int _channels;

    private ModeGaussian(BlurModes modes, torch.Tensor mean, torch.Tensor root, int channels)
    {
        (_modes, _mean, _root, _channels) = (modes, mean.DetachFromDisposeScope(), root.DetachFromDisposeScope(), channels);
        modes.Rows.DetachFromDisposeScope();
        modes.Columns.DetachFromDisposeScope();
        modes.Gains.DetachFromDisposeScope();
    }

    /// <summary>How many coefficients are drawn.</summary>
    internal long Kept => _root.shape[0];

    /// <summary>Fits mean and covariance.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="channels">Of the images.</param>
    /// <param name="coefficients">Of training images: [n, C m n], float64.</param>
    /// <param name="least">Coefficients with a standard deviation above it are drawn.</param>
    /// <exception cref="ArgumentException">There are no more images than coefficients.</exception>
    internal static ModeGaussian Fit(BlurModes modes, int channels, torch.Tensor coefficients, double least)
    {
        var images = coefficients.shape[0];
        var mean = coefficients.mean([0L]);
        var centred = coefficients - mean;
        var kept = centred.square().sum(0L).div_(Math.Max(1, images - 1)).sqrt_().gt(least).nonzero().flatten();
        Check(images, kept.shape[0]);
        var chosen = centred.index_select(1, kept);
        var root = torch.zeros([kept.shape[0], coefficients.shape[1]], torch.ScalarType.Float64);
        root.index_copy_(1, kept, Root(chosen.t().mm(chosen) / (images - 1)));
        return new(modes, mean, root, channels);
    }

    /// <summary>Images as a function of standard normals.</summary>
    /// <param name="normals">[N, <see cref="Kept"/>].</param>
    /// <returns>A new tensor [N, C, H, W] of the normals' dtype, on their device.</returns>
    internal torch.Tensor Images(torch.Tensor normals)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor Here(torch.Tensor tensor) => tensor.to(normals.dtype, normals.device);
        var coefficients = (Here(_mean) + normals.mm(Here(_root))).view(-1, _channels, _modes.Gains.shape[0], _modes.Gains.shape[1]);
        return scope.MoveToOuter(Here(_modes.Rows).matmul(coefficients).matmul(Here(_modes.Columns).t()));
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { _mean, _root, _modes.Rows, _modes.Columns, _modes.Gains })
        {
            tensor.Dispose();
        }
    }

    // R with R' R = covariance. Grey images stored as colour ones have coefficients that depend on each other: Cholesky's factor needs a positive
    // matrix, this one does not.
    private static torch.Tensor Root(torch.Tensor covariance)
    {
        var (values, vectors) = torch.linalg.eigh(covariance);
        return values.clamp_min_(0).sqrt_().unsqueeze(1) * vectors.t();
    }

    private static void Check(long images, long kept)
    {
        if (images < kept + 1)
        {
            throw new ArgumentException(
                $"The prior is a Gaussian over {kept} coefficients of blurred images and needs {kept + 1} training images at least, of which there are {images}: take prior empirical, which needs none, or more data.");
        }
    }
}
