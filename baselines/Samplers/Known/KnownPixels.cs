namespace Dfx.Baselines;

/// <summary>What a task knows for sure of a batch of images, in the dtype and on the device of the states.</summary>
/// <param name="Images">The images, 0 where nothing is known; null if there is no condition at all.</param>
/// <param name="Hidden">1 where nothing is known.</param>
internal sealed record KnownPixels(torch.Tensor? Images, torch.Tensor? Hidden)
{
    /// <summary>Those of a request.</summary>
    /// <exception cref="NotApplicableException">There is a condition, but no pixel is known for sure.</exception>
    internal static KnownPixels Of(SamplingRequest request)
    {
        var (dtype, device) = (request.Start.dtype, request.Start.device);
        return request.Condition switch
        {
            null => new(null, null),
            { Known: { } known, Mask: { } mask } => new(known.to(dtype, device), 1 - mask.to(dtype, device)),
            _ => throw new NotApplicableException("repaint needs pixels that are known for sure, and the task knows of none."),
        };
    }

    /// <summary>The state with known pixels at its noise level: y = x0 + sigma z there. It draws once if sigma is above 0.</summary>
    internal torch.Tensor Impose(torch.Tensor y, double sigma, Func<torch.Tensor> draw)
    {
        if (Images is null || Hidden is null)
        {
            return y;
        }

        var known = sigma > 0 ? Images + (draw() * (1 - Hidden) * sigma) : Images;
        return known + (y * Hidden);
    }
}
