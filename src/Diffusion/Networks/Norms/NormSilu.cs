using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch.autograd;

namespace Dfx.Diffusion;

/// <summary>
/// Group norm and SiLU as one operation on the CPU with a gradient of its own: of all that lies between, nothing but the input is kept for
/// the backward pass. libtorch's norm wants planes, so that two copies, a norm and a SiLU would be made and kept instead.
/// </summary>
internal sealed class NormSilu : SingleTensorFunction<NormSilu>
{
    public override string Name => nameof(NormSilu);

    /// <summary>Whether it can be had: float32 or bfloat16 images on the CPU whose channels, 8 or more in fours, lie side by side.</summary>
    internal static bool Takes(torch.Tensor x) =>
        x.device_type == DeviceType.CPU && x.dtype is torch.ScalarType.Float32 or torch.ScalarType.BFloat16
        && x.shape[1] >= 8 && x.shape[1] % 4 == 0 && ChannelsLast.Is(x);

    /// <summary>f(norm(x + shift) · gain + bias), like x.</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="shift">[N, C], float32, or null.</param>
    /// <param name="gain">[C] or [N, C], float32.</param>
    /// <param name="bias">As the gain.</param>
    /// <param name="norm">Groups, what is added to the variance, and whether f is SiLU or nothing.</param>
    internal static torch.Tensor Of(torch.Tensor x, torch.Tensor? shift, torch.Tensor gain, torch.Tensor bias, (int Groups, double Epsilon, bool Silu) norm)
    {
        var plan = new GroupPlan((int)(x.shape[2] * x.shape[3]), (int)x.shape[1], norm.Groups, (float)norm.Epsilon, norm.Silu);
        if (torch.is_grad_enabled())
        {
            return apply(x, shift!, gain, bias, plan);
        }

        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Forward(plan, x, new(shift, gain, bias)).Y);
    }

    public override torch.Tensor forward(AutogradContext ctx, params object[] vars)
    {
        using var scope = torch.NewDisposeScope();
        var (x, channels, plan) = ((torch.Tensor)vars[0], new NormNumbers(vars[1] as torch.Tensor, (torch.Tensor)vars[2], (torch.Tensor)vars[3]), (GroupPlan)vars[4]);
        var (y, statistics) = Forward(plan, x, channels);
        ctx.save_for_backward(channels.Shift is null ? [x, statistics, channels.Gain, channels.Bias] : [x, statistics, channels.Gain, channels.Bias, channels.Shift]);
        ctx.save_data(nameof(GroupPlan), plan);
        // TorchSharp takes hold of what was saved after this method: it must live until then.
        scope.MoveToOuter(statistics);
        return scope.MoveToOuter(y);
    }

    public override List<torch.Tensor> backward(AutogradContext ctx, torch.Tensor grad_output)
    {
        using var scope = torch.NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (x, channels) = (saved[0], new NormNumbers(saved.Count > 4 ? saved[4] : null, saved[2], saved[3]));
        var like = grad_output.to(x.dtype);
        var (dx, gradients) = Backward((GroupPlan)ctx.get_data(nameof(GroupPlan)), x, channels, saved[1], ChannelsLast.Is(like) ? like : ChannelsLast.Of(like));
        return
        [
            scope.MoveToOuter(dx),
            gradients.Shift is null ? null! : scope.MoveToOuter(gradients.Shift),
            scope.MoveToOuter(channels.Gain.Dimensions == 1 ? gradients.Gain.sum(0L) : gradients.Gain),
            scope.MoveToOuter(channels.Bias.Dimensions == 1 ? gradients.Bias.sum(0L) : gradients.Bias),
            null!,
        ];
    }

    private static (torch.Tensor Y, torch.Tensor Statistics) Forward(GroupPlan plan, torch.Tensor x, NormNumbers channels) =>
        x.dtype == torch.float32 ? Forward<SingleElement>(plan, x, channels) : Forward<Bfloat16Element>(plan, x, channels);

    private static unsafe (torch.Tensor Y, torch.Tensor Statistics) Forward<T>(GroupPlan plan, torch.Tensor x, NormNumbers channels)
        where T : IElement
    {
        var (y, statistics) = (torch.empty_like(x), torch.empty([x.shape[0], plan.Groups, 2], torch.float32));
        var (from, to, rows, kept) = ((nint)Pixels(x), (nint)Pixels(y), channels.Rows(), (nint)Numbers(statistics));
        EachImage(x.shape[0], i =>
            NormKernel<T>.Forward(plan, (void*)from, i * plan.Size, rows.Row(i), (float*)kept + (2 * i * plan.Groups), (void*)to));
        return (y, statistics);
    }

    private static (torch.Tensor Dx, NormNumbers Gradients) Backward(
        GroupPlan plan, torch.Tensor x, NormNumbers channels, torch.Tensor statistics, torch.Tensor dy) => x.dtype == torch.float32
        ? Backward<SingleElement>(plan, x, channels, statistics, dy)
        : Backward<Bfloat16Element>(plan, x, channels, statistics, dy);

    private static unsafe (torch.Tensor Dx, NormNumbers Gradients) Backward<T>(
        GroupPlan plan, torch.Tensor x, NormNumbers channels, torch.Tensor statistics, torch.Tensor dy)
        where T : IElement
    {
        long[] each = [x.shape[0], plan.Channels];
        var gradients = new NormNumbers(channels.Shift is null ? null : torch.empty(each), torch.empty(each), torch.empty(each));
        var dx = torch.empty_like(x);
        var (from, slope, to, kept) = ((nint)Pixels(x), (nint)Pixels(dy), (nint)Pixels(dx), (nint)Numbers(statistics));
        var (rows, results) = (channels.Rows(), gradients.Rows());
        EachImage(x.shape[0], i => NormKernel<T>.Backward(
            plan, (void*)from, i * plan.Size, rows.Row(i), (float*)kept + (2 * i * plan.Groups), (void*)slope, (void*)to, results.Row(i)));
        return (dx, gradients);
    }

    // Images are independent of each other, so any number of threads gives the same bits.
    private static void EachImage(long count, Action<long> work)
    {
        var threads = Math.Min(torch.get_num_threads(), (int)count);
        if (threads > 1)
        {
            Parallel.For(0L, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
            return;
        }

        for (var i = 0L; i < count; i++)
        {
            work(i);
        }
    }

    private static unsafe void* Pixels(torch.Tensor x)
    {
        using var pixels = x.permute(0, 2, 3, 1);
        return Numbers(pixels);
    }

    internal static unsafe void* Numbers(torch.Tensor x) => Unsafe.AsPointer(ref MemoryMarshal.GetReference(x.bytes));
}
