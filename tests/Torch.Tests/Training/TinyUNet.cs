namespace Dfx.Torch.Tests.Training;

/// <summary>A U-Net of two resolutions with every kind of layer that a diffusion network has, small enough for thousands of steps.</summary>
internal sealed class TinyUNet : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> embed = torch.nn.Linear(1, 8);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> first = torch.nn.Conv2d(1, 8, 3, padding: 1);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> shrink = torch.nn.Conv2d(8, 8, 3, stride: 2, padding: 1);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> norm = torch.nn.GroupNorm(4, 8);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> inner = torch.nn.Conv2d(8, 8, 3, padding: 1);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> drop = torch.nn.Dropout(0.1);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> last = torch.nn.Conv2d(16, 1, 3, padding: 1);

    internal TinyUNet()
        : base(nameof(TinyUNet)) => RegisterComponents();

    /// <summary>Images [N, 1, H, W] and noise levels [N, 1] to images.</summary>
    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2)
    {
        using var scope = torch.NewDisposeScope();
        var skip = torch.nn.functional.silu(first.call(input1));
        var level = embed.call(input2).unsqueeze(2).unsqueeze(3);
        var x = shrink.call(skip) + level;
        x = inner.call(drop.call(torch.nn.functional.silu(norm.call(x))));
        x = torch.nn.functional.interpolate(x, scale_factor: [2.0, 2.0]);
        return scope.MoveToOuter(last.call(torch.cat([x, skip], 1)));
    }
}
