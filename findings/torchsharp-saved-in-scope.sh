#!/usr/bin/env bash
# Version: TorchSharp 0.107.0.
# Behaviour: in a function with a gradient of its own (torch.autograd.SingleTensorFunction), ctx.save_for_backward takes hold of its tensors only after
# forward has returned, not when it is called: a tensor that forward made inside a dispose scope, and saved there, is empty in backward. PyTorch's and
# libtorch's context keep what they are given at once. The value and the gradients that do not need that tensor are right.
# Who meets it: whoever writes such a function with the dispose scopes that all other TorchSharp code is written with.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
cat >finding.csproj <<'X'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><UseAppHost>false</UseAppHost></PropertyGroup>
  <ItemGroup><PackageReference Include="TorchSharp-cpu" Version="0.107.0" /></ItemGroup>
</Project>
X
cat >Program.cs <<'X'
using TorchSharp;
using static TorchSharp.torch;
Glue.Fit();
long Saved(bool scoped)
{
    using var outer = NewDisposeScope();
    Square.Scoped = scoped;
    var x = tensor(new[] { 1f, 2f, 3f }).requires_grad_(true);
    Square.apply(x).sum().backward();
    return Square.Elements;
}

var (without, within) = (Saved(scoped: false), Saved(scoped: true));
Console.WriteLine($"a saved tensor of 3 numbers has in backward: {without} without a scope in forward, {(within < 0 ? "no tensor behind it" : within)} with one");
return without == 3 && within < 0 ? 0 : 1;

// x², which saves 2 x, a tensor of its own making.
sealed class Square : autograd.SingleTensorFunction<Square>
{
    internal static bool Scoped;
    internal static long Elements;

    public override string Name => nameof(Square);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = Scoped ? NewDisposeScope() : null;
        var x = (Tensor)vars[0];
        ctx.save_for_backward([x * 2]);
        var y = x * x;
        return scope is null ? y : scope.MoveToOuter(y);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad)
    {
        var saved = ctx.get_saved_variables()[0];
        try
        {
            Elements = saved is null || saved.IsInvalid ? -1 : saved.numel();
        }
        catch (Exception)
        {
            Elements = -1;
        }

        return [grad.clone()];
    }
}

// The glue names a version of libstdc++ that older systems lack and that nothing uses: marked weak in this copy, it loads there too.
static class Glue
{
    public static void Fit()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        var bytes = File.ReadAllBytes(path);
        var hash = 0u;
        foreach (var c in "GLIBCXX_3.4.32")
        {
            hash = (hash << 4) + c;
            hash = (hash ^ ((hash & 0xf0000000) >> 24)) & 0x0fffffff;
        }

        for (var at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(hash)); at > 0; at = -1)
        {
            bytes[at + 4] |= 2;
            File.WriteAllBytes(path, bytes);
        }
    }
}
X
dotnet build -c Release -v quiet --nologo -o out >build.log 2>&1 || { cat build.log; exit 2; }
dotnet out/finding.dll && echo "as found" || { echo "changed"; exit 1; }
