using static TorchSharp.torch.autograd;

namespace Dfx.Diffusion;

/// <summary>
/// Group normalisation (Wu and He 2018) of images whose channels lie side by side. libtorch's own takes twenty times as long on them as on
/// others when a group has fewer channels than a vector register has numbers, which EDM's networks have: 4.
/// </summary>
/// <remarks>
/// The gradient is written out, which takes half of the passes over memory that differentiating the formula would: with x^ = (x - mean) / std,
/// dx = (γ dy - mean(γ dy) - x^ mean(γ dy x^)) / std. Sums are float32 at least. It cannot be differentiated twice.
/// </remarks>
internal sealed class ChannelsLastNorm : SingleTensorFunction<ChannelsLastNorm>
{
    public override string Name => nameof(ChannelsLastNorm);

    /// <summary>The norm of images on the CPU.</summary>
    /// <param name="x">[N, C, H, W], channels last.</param>
    /// <param name="groups">A divisor of C.</param>
    /// <param name="weight">[C], γ.</param>
    /// <param name="bias">[C].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <returns>Of x's dtype, channels last.</returns>
    internal static torch.Tensor Of(torch.Tensor x, long groups, torch.Tensor weight, torch.Tensor bias, double epsilon)
    {
        if (torch.is_grad_enabled() && (x.requires_grad || weight.requires_grad))
        {
            return apply(x, weight, bias, groups, epsilon);
        }

        using var scope = torch.NewDisposeScope();
        return Normalised(x, groups, weight, bias, epsilon).Result.MoveToOuterDisposeScope();
    }

    public override torch.Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (x, weight, groups) = ((torch.Tensor)vars[0], (torch.Tensor)vars[1], (long)vars[3]);
        using var scope = torch.NewDisposeScope();
        var (result, centred, inverse) = Normalised(x, groups, weight, (torch.Tensor)vars[2], (double)vars[4]);
        ctx.save_for_backward([centred.MoveToOuterDisposeScope(), inverse.MoveToOuterDisposeScope(), weight]);
        ctx.save_data(nameof(groups), groups);
        return result.MoveToOuterDisposeScope();
    }

    public override List<torch.Tensor> backward(AutogradContext ctx, torch.Tensor grad_output)
    {
        using var scope = torch.NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (centred, inverse, weight) = (saved[0], saved[1], saved[2].to(saved[0].dtype));
        var groups = (long)ctx.get_data("groups");
        var dy = Rows(grad_output).to(centred.dtype);
        var pixels = dy.shape[1];
        var (sum, product) = (dy.sum([1L], keepdim: true), (dy * centred).sum([1L], keepdim: true));
        var scale = inverse * weight;
        var offset = -inverse * GroupMeans(sum * weight, groups) / pixels;
        var slope = -inverse.pow(3) * GroupMeans(product * weight, groups) / pixels;
        var dx = offset.addcmul(dy, scale, 1).addcmul_(centred, slope, 1).to(grad_output.dtype);
        return
        [
            Images(dx, grad_output.shape).MoveToOuterDisposeScope(),
            (product * inverse).sum([0L, 1L]).to(saved[2].dtype).MoveToOuterDisposeScope(),
            sum.sum([0L, 1L]).to(saved[2].dtype).MoveToOuterDisposeScope(),
            null!,
            null!,
        ];
    }

    // The norm, x - mean as [N, P, C], and 1 / std as [N, 1, C].
    private static (torch.Tensor Result, torch.Tensor Centred, torch.Tensor Inverse) Normalised(
        torch.Tensor x, long groups, torch.Tensor weight, torch.Tensor bias, double epsilon)
    {
        var wide = x.dtype == torch.bfloat16 ? torch.float32 : x.dtype;
        var rows = Rows(x).to(wide);
        var centred = rows - GroupMeans(rows.sum([1L], keepdim: true), groups) / rows.shape[1];
        var inverse = (GroupMeans(centred.square().sum([1L], keepdim: true), groups) / rows.shape[1] + epsilon).rsqrt();
        var result = bias.to(wide).addcmul(centred, inverse * weight.to(wide), 1).to(x.dtype);
        return (Images(result, x.shape), centred, inverse);
    }

    private static torch.Tensor Rows(torch.Tensor x) => x.permute(0, 2, 3, 1).reshape(x.shape[0], x.shape[2] * x.shape[3], x.shape[1]);

    private static torch.Tensor Images(torch.Tensor rows, long[] shape) => rows.reshape(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);

    // [N, 1, C]: each channel's number becomes the mean of its group's.
    private static torch.Tensor GroupMeans(torch.Tensor channels, long groups)
    {
        var (batch, count) = (channels.shape[0], channels.shape[2]);
        return channels.reshape(batch, groups, count / groups).mean([2L], keepdim: true).expand(batch, groups, count / groups).reshape(batch, 1, count);
    }
}
