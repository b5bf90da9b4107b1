namespace Dfx.Diffusion;

/// <summary>
/// Conversions between what networks predict of x = a x0 + s z. All tensors have one floating dtype and device; <c>a</c> and <c>s</c> are
/// positive and broadcast over images, such as [N, 1, 1, 1]. Results are new tensors of x's shape, differentiable in every argument.
/// </summary>
public static class Predictions
{
    /// <summary>One prediction as another one.</summary>
    /// <param name="from">What <paramref name="value"/> predicts.</param>
    /// <param name="to">What is asked for.</param>
    /// <param name="x">Noisy images x_t [N, C, H, W].</param>
    /// <param name="value">The prediction [N, C, H, W].</param>
    /// <param name="a">The scale of the signal.</param>
    /// <param name="s">The standard deviation of the noise.</param>
    public static torch.Tensor Convert(Prediction from, Prediction to, torch.Tensor x, torch.Tensor value, torch.Tensor a, torch.Tensor s)
    {
        ArgumentNullException.ThrowIfNull(value);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(from == to ? value.clone() : FromEps(to, x, Eps(from, x, value, a, s), a, s));
    }

    // With v = a z - s x0 and x = a x0 + s z: s x + a v = (a² + s²) z.
    private static torch.Tensor Eps(Prediction from, torch.Tensor x, torch.Tensor value, torch.Tensor a, torch.Tensor s) => from switch
    {
        Prediction.Eps => value,
        Prediction.X0 => (x - (a * value)) / s,
        Prediction.V => ((s * x) + (a * value)) / (a.square() + s.square()),
        Prediction.Score => -(s * value),
        _ => throw Unknown(from),
    };

    private static torch.Tensor FromEps(Prediction to, torch.Tensor x, torch.Tensor eps, torch.Tensor a, torch.Tensor s) => to switch
    {
        Prediction.Eps => eps.clone(),
        Prediction.X0 => (x - (s * eps)) / a,
        Prediction.V => (a * eps) - (s * (x - (s * eps)) / a),
        Prediction.Score => -(eps / s),
        _ => throw Unknown(to),
    };

    private static ArgumentOutOfRangeException Unknown(Prediction prediction) =>
        new(nameof(prediction), prediction, "expected eps, x0, v or score");
}
