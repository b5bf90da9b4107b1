namespace Dfx.Benchmarks.UNet;

/// <summary>What the small U-Net is made of.</summary>
internal static class Blocks
{
    // Scale and shift are set here because current TorchSharp leaves those of a new GroupNorm unset.
    internal static torch.nn.Module<torch.Tensor, torch.Tensor> Normalization(long channels)
    {
        var norm = torch.nn.GroupNorm(8, channels);
        torch.nn.init.ones_(norm.weight!);
        torch.nn.init.zeros_(norm.bias!);
        return norm;
    }
}

/// <summary>Norm, SiLU, convolution, plus the embedding; norm, SiLU, convolution; plus the input.</summary>
public sealed class ResidualBlock : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> norm1;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> conv1;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> affine;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> norm2;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> conv2;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor>? skip;

    public ResidualBlock(long inputs, long outputs, long embedding)
        : base(nameof(ResidualBlock))
    {
        norm1 = Blocks.Normalization(inputs);
        conv1 = torch.nn.Conv2d(inputs, outputs, 3, padding: 1);
        affine = torch.nn.Linear(embedding, outputs);
        norm2 = Blocks.Normalization(outputs);
        conv2 = torch.nn.Conv2d(outputs, outputs, 3, padding: 1);
        skip = inputs == outputs ? null : torch.nn.Conv2d(inputs, outputs, 1);
        RegisterComponents();
    }

    /// <summary>Features [N, C, H, W] and embeddings [N, E] to features.</summary>
    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2)
    {
        using var scope = torch.NewDisposeScope();
        var x = conv1.call(torch.nn.functional.silu(norm1.call(input1)));
        x = x + affine.call(input2).unsqueeze(2).unsqueeze(3);
        x = conv2.call(torch.nn.functional.silu(norm2.call(x)));
        return scope.MoveToOuter(x + (skip is null ? input1 : skip.call(input1)));
    }
}
