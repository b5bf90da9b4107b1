using static Dfx.Benchmarks.UNet.Blocks;

namespace Dfx.Benchmarks.UNet;

/// <summary>A U-Net of about half a million parameters, of the kind that small diffusion experiments train.</summary>
/// <remarks>
/// Three resolutions (28, 14, 7) with 32, 64 and 64 channels, one residual block each way, an embedding of the noise level
/// added in every block. The same network, layer by layer, stands in <c>eager_unet.py</c>.
/// </remarks>
public sealed class SmallUNet : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
{
    private const int Embedding = 128;

    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> embed;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> first;
    private readonly ResidualBlock down1 = new(32, 32, Embedding);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> shrink1;
    private readonly ResidualBlock down2 = new(32, 64, Embedding);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> shrink2;
    private readonly ResidualBlock down3 = new(64, 64, Embedding);
    private readonly ResidualBlock middle = new(64, 64, Embedding);
    private readonly ResidualBlock up3 = new(128, 64, Embedding);
    private readonly ResidualBlock up2 = new(128, 32, Embedding);
    private readonly ResidualBlock up1 = new(64, 32, Embedding);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> norm;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> last;
    private readonly torch.Tensor frequencies;

    public SmallUNet()
        : base(nameof(SmallUNet))
    {
        embed = torch.nn.Sequential(torch.nn.Linear(32, Embedding), torch.nn.SiLU(), torch.nn.Linear(Embedding, Embedding));
        first = torch.nn.Conv2d(1, 32, 3, padding: 1);
        shrink1 = torch.nn.Conv2d(32, 32, 3, stride: 2, padding: 1);
        shrink2 = torch.nn.Conv2d(64, 64, 3, stride: 2, padding: 1);
        norm = Normalization(32);
        last = torch.nn.Conv2d(32, 1, 3, padding: 1);
        frequencies = torch.logspace(0, 2, 16);
        RegisterComponents();
    }

    /// <summary>Images [N, 1, 28, 28] and log noise levels [N] to images.</summary>
    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2)
    {
        using var scope = torch.NewDisposeScope();
        var angles = input2.unsqueeze(1) * frequencies;
        var level = torch.nn.functional.silu(embed.call(torch.cat([angles.sin(), angles.cos()], 1)));
        var x1 = down1.call(first.call(input1), level);
        var x2 = down2.call(shrink1.call(x1), level);
        var x3 = down3.call(shrink2.call(x2), level);
        var x = middle.call(x3, level);
        x = up3.call(torch.cat([x, x3], 1), level);
        x = up2.call(torch.cat([Enlarged(x), x2], 1), level);
        x = up1.call(torch.cat([Enlarged(x), x1], 1), level);
        return scope.MoveToOuter(last.call(torch.nn.functional.silu(norm.call(x))));
    }

    private static torch.Tensor Enlarged(torch.Tensor x) => torch.nn.functional.interpolate(x, scale_factor: [2.0, 2.0]);
}
