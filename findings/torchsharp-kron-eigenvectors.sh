#!/usr/bin/env bash
# Version: TorchSharp 0.107.0 (libtorch 2.10); eager PyTorch 1.13.0 does the same.
# Behaviour: torch.kron refuses two matrices of which one lies by columns and the other by rows ("view size is not compatible with input tensor's size and
# stride"): it views its broadcast product. torch.linalg.eigh gives eigenvectors by columns, as LAPACK leaves them, so that their Kronecker product with an
# identity is refused on either side, and that of two such matrices is taken, by accident of their layout. A contiguous copy is always taken.
# Who meets it: whoever builds the modes of a separable operator, such as a blur of one side, I ⊗ B, from its eigenvectors.
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
using var scope = NewDisposeScope();
var blur = tensor(new double[,] { { 1, 0.5, 0.2 }, { 0.5, 1, 0.5 }, { 0.2, 0.5, 1 } });
var modes = linalg.eigh(blur).Item2;
(string Name, Tensor Left, Tensor Right, bool Taken)[] cases =
[
    ("identity by eigenvectors", eye(3, dtype: float64), modes, false),
    ("eigenvectors by eigenvectors", modes, modes, true),
    ("identity by a transposed matrix", eye(3, dtype: float64), arange(9, dtype: float64).view(3, 3).t(), false),
    ("identity by a contiguous copy of eigenvectors", eye(3, dtype: float64), modes.contiguous(), true),
];
Console.WriteLine($"strides of eigenvectors: {string.Join(", ", modes.stride())}");
var asFound = true;
foreach (var (name, left, right, taken) in cases)
{
    var said = Try(left, right);
    Console.WriteLine($"{name}: {said}");
    asFound &= said.StartsWith("9 x 9", StringComparison.Ordinal) == taken;
}

return asFound ? 0 : 1;

static string Try(Tensor left, Tensor right)
{
    try
    {
        return string.Join(" x ", kron(left, right).shape);
    }
    catch (Exception e)
    {
        return "refused, " + e.Message.Split('\n')[0];
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
