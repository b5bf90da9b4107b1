namespace Dfx.Diffusion;

/// <summary>The denoiser that a preconditioned network is.</summary>
public static class Denoising
{
    /// <summary>D(x; sigma) = c_skip x + c_out F(c_in x; c_noise) (Karras et al. 2022, Eq. 7), differentiable in the weights and in x.</summary>
    /// <param name="process">The preconditioning.</param>
    /// <param name="network">F, on x's device, with weights of x's dtype.</param>
    /// <param name="x">Noisy images [N, C, H, W].</param>
    /// <param name="sigma">Their noise levels [N], positive, of any floating dtype; float64 is best.</param>
    /// <param name="condition">What the task observes: its channels and labels are told to the network; or null.</param>
    /// <returns>A new tensor of x's shape and dtype.</returns>
    public static torch.Tensor Denoise(this IProcess process, UNet network, torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(x);
        using var scope = torch.NewDisposeScope();
        var c = process.Precondition(sigma.@double());
        var output = network.call(x * Rows(c.In, x), c.Noise.to(x.dtype), NetworkInputs.Of(condition));
        return scope.MoveToOuter((x * Rows(c.Skip, x)).addcmul(output, Rows(c.Out, x), 1));
    }

    /// <summary>A number a row, [N], as a tensor that multiplies rows of <paramref name="like"/>: [N, 1, 1, 1] of its dtype.</summary>
    public static torch.Tensor Rows(torch.Tensor numbers, torch.Tensor like)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(like);
        return numbers.to(like.dtype).view(-1, 1, 1, 1);
    }
}
