#!/usr/bin/env bash
# Version: TorchSharp 0.107.0.
# Behaviour: torch.equal(a, b) and Tensor.equal compare element by element, as torch.eq does, and return a tensor; PyTorch's function of this name returns whether all elements
# (and the shapes) are the same. An assertion that takes the first element, or any conversion of it, passes for tensors that differ elsewhere. torch.allclose is as in PyTorch.
# Who meets it: whoever ports a test or a check of bit-identity from PyTorch.
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
Glue.Fit();
var (a, b) = (torch.tensor(new float[] { 1, 2, 3 }), torch.tensor(new float[] { 1, 9, 3 }));
var equal = torch.equal(a, b);
var method = a.equal(b);
var close = torch.allclose(a, b);
Console.WriteLine($"torch.equal([1, 2, 3], [1, 9, 3]) has dtype {equal.dtype} and shape [{string.Join(", ", equal.shape)}]; Tensor.equal has shape [{string.Join(", ", method.shape)}]; torch.allclose is {close.GetType().Name} {close}");
Console.WriteLine($"its first element: {equal[0].item<bool>()}");
return equal.shape is [3] && method.shape is [3] && equal[0].item<bool>() && !close ? 0 : 1;

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
