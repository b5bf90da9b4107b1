using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch.Interop;

/// <summary>Generators and random tensors: the exports of native/random.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Libtorch.Name)]
    internal static partial nint dfx_generator_new(ulong seed, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial nint dfx_generator_default(int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial void dfx_generator_delete(nint g);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_generator_set_seed([MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g, ulong seed);

    [LibraryImport(Libtorch.Name)]
    internal static partial long dfx_generator_initial_seed([MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_generator_get_state([MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_generator_set_state([MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g, Tensor state);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_manual_seed(ulong seed);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_randn(
        ReadOnlySpan<long> size, long n, [MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g, int type, int device_type,
        int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_rand(
        ReadOnlySpan<long> size, long n, [MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g, int type, int device_type,
        int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_randint(
        long low, long high, ReadOnlySpan<long> size, long n, [MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g, int type,
        int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_randperm(
        long n, [MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g, int type, int device_type, int device_index);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_normal_(
        Tensor self, double mean, double std, [MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g);

    [LibraryImport(Libtorch.Name)]
    internal static partial int dfx_uniform_(
        Tensor self, double low, double high, [MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_bernoulli(Tensor self, [MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g);

    [LibraryImport(Libtorch.Name)]
    internal static partial Tensor dfx_multinomial(
        Tensor self, long samples, int replacement, [MarshalUsing(typeof(GeneratorMarshaller))] torch.Generator? g);
}
